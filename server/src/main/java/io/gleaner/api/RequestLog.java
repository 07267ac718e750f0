package io.gleaner.api;

import io.gleaner.telemetry.LogContext;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Times each request by route, method and status class, gives it an id for the log, and counts it
 * while it runs.
 */
final class RequestLog implements Filter {

    private static final Set<Method> METHODS =
            Set.of(Method.GET, Method.POST, Method.PUT, Method.DELETE, Method.HEAD, Method.OPTIONS);

    private final MeterRegistry registry;
    private final Drain drain;

    RequestLog(MeterRegistry registry, Drain drain) {
        this.registry = registry;
        this.drain = drain;
        Gauge.builder("http.server.requests.active", drain, Drain::running)
                .description("Requests being handled now")
                .register(registry);
    }

    /** The route's template, for the tags of the request's timer. */
    record Template(String text) {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        var timer = Timer.start(registry);
        String outcome = "cut";
        drain.enter();
        try (var _ = LogContext.request(id)) {
            request.context().register(new ErrorAnswers.RequestId(id));
            response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
            chain.proceed();
            outcome = response.status().code() / 100 + "xx";
        } finally {
            drain.leave();
            timer.stop(timer(request, outcome));
        }
    }

    private Timer timer(RoutingRequest request, String outcome) {
        Method method = request.prologue().method();
        // A wait is as long as the client asked for, so it is kept apart from the work.
        boolean waits = request.query().contains("wait") || request.query().contains("follow");
        return Timer.builder("http.server.requests")
                .description("Time from the request's head to the end of its answer")
                .tag(
                        "route",
                        request.context().get(Template.class).map(Template::text).orElse("none"))
                .tag("method", METHODS.contains(method) ? method.text() : "other")
                .tag("status", outcome)
                .tag("waits", Boolean.toString(waits))
                .register(registry);
    }
}
