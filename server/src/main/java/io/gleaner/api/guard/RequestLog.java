package io.gleaner.api.guard;

import io.gleaner.telemetry.LogContext;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Times each request by route, method and status, gives it an id for the log, and counts it while
 * it runs. Its answer ends the connection when the server is leaving (RFC 9112, section 9.6), so
 * that the client's next request goes elsewhere.
 */
public final class RequestLog implements Filter {

    private static final Set<Method> METHODS =
            Set.of(Method.GET, Method.POST, Method.PUT, Method.DELETE, Method.HEAD, Method.OPTIONS);

    private static final int SERVER_ERROR = 500;

    // Around the targets: 50 ms for a status, 100 ms for a submission. Buckets can be added up over
    // processes, percentiles cannot.
    private static final Duration[] BUCKETS =
            IntStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    // The registry's own search for a meter costs as much as a cached answer.
    private final Map<Tags, Timer> timers = new ConcurrentHashMap<>();
    private final Drain drain;

    public RequestLog(MeterRegistry registry, Drain drain) {
        this.registry = registry;
        this.drain = drain;
        Gauge.builder("http.server.requests.active", drain, Drain::running)
                .description("Requests being handled now")
                .register(registry);
    }

    private record Tags(String route, String method, String status, boolean waits) {}

    /** The route's template, for the tags of the request's timer. */
    public record Template(String text) {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        long began = System.nanoTime();
        String outcome = "cut";
        drain.enter();
        try (var _ = LogContext.request(id)) {
            request.context().register(new ErrorAnswers.RequestId(id));
            response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
            response.beforeSend(() -> endConnection(response));
            chain.proceed();
            outcome = outcome(response.status().code());
        } finally {
            drain.leave();
            timer(request, outcome).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    private void endConnection(RoutingResponse response) {
        if (drain.leaving()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }

    /** A class, but from 500 on the code: a bug, a page's fault and a refusal are not the same. */
    private static String outcome(int status) {
        return status < SERVER_ERROR ? status / 100 + "xx" : Integer.toString(status);
    }

    private Timer timer(RoutingRequest request, String outcome) {
        Method method = request.prologue().method();
        // A wait is as long as the client asked for, so it is kept apart from the work.
        boolean waits = request.query().contains("wait") || request.query().contains("follow");
        String route = request.context().get(Template.class).map(Template::text).orElse("none");
        var tags =
                new Tags(route, METHODS.contains(method) ? method.text() : "other", outcome, waits);
        return timers.computeIfAbsent(tags, this::timer);
    }

    private Timer timer(Tags tags) {
        return Timer.builder("http.server.requests")
                .description("Time from the request's head to the end of its answer")
                .tag("route", tags.route())
                .tag("method", tags.method())
                .tag("status", tags.status())
                .tag("waits", Boolean.toString(tags.waits()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
