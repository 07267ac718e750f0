package io.gleaner.api;

import io.gleaner.telemetry.Telemetry;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Health, metrics, the API's description and a signpost at the root. */
final class OperationHandler {

    private static final String SIGNPOST =
            "Gleaner "
                    + version()
                    + """

                    API description   /openapi.yaml
                    submit a job      POST /api/jobs
                    scrape one page   POST /api/scrape
                    health            /health/ready
                    metrics           /metrics
                    """;

    private final Readiness readiness;
    private final Telemetry telemetry;
    private final Drain drain;
    private final byte[] openapi = resource("/openapi.yaml");
    private volatile boolean started;

    OperationHandler(ApiParts parts, Drain drain) {
        this.readiness = parts.readiness();
        this.telemetry = parts.telemetry();
        this.drain = drain;
    }

    /**
     * @param problem why it is down, or null when it is up
     */
    record Health(String status, @Nullable String problem) {}

    void live(ServerRequest request, ServerResponse response) {
        sendHealth(response, Optional.empty());
    }

    void ready(ServerRequest request, ServerResponse response) {
        sendHealth(response, problem());
    }

    /** Up once it was ready, and from then on. */
    void started(ServerRequest request, ServerResponse response) {
        Optional<String> problem = started ? Optional.empty() : problem();
        started |= problem.isEmpty();
        sendHealth(response, problem);
    }

    void metrics(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, Telemetry.SCRAPE_TYPE)
                .send(telemetry.scrape().getBytes(StandardCharsets.UTF_8));
    }

    void openapi(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/yaml").send(openapi);
    }

    void root(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .send(SIGNPOST.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> problem() {
        return drain.leaving() ? Optional.of("the server is shutting down") : readiness.problem();
    }

    private static void sendHealth(ServerResponse response, Optional<String> problem) {
        response.status(problem.isEmpty() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
                .header(HeaderNames.CACHE_CONTROL, "no-store");
        String status = problem.isEmpty() ? "up" : "down";
        Json.send(response, new Health(status, problem.orElse(null)));
    }

    private static String version() {
        return Objects.requireNonNullElse(
                OperationHandler.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }

    private static byte[] resource(String name) {
        try (var in = OperationHandler.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
