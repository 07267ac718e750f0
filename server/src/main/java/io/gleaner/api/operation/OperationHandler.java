package io.gleaner.api.operation;

import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.Json;
import io.gleaner.telemetry.Telemetry;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Health, metrics, the API's description and a signpost at the root. */
public final class OperationHandler {

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

    private final Health health;
    private final Telemetry telemetry;
    private final byte[] openapi = resource("/openapi.yaml");

    public OperationHandler(ApiParts parts, Health health) {
        this.health = health;
        this.telemetry = parts.telemetry();
    }

    public void live(ServerRequest request, ServerResponse response) {
        send(response, health.live());
    }

    public void ready(ServerRequest request, ServerResponse response) {
        send(response, health.ready());
    }

    public void started(ServerRequest request, ServerResponse response) {
        send(response, health.started());
    }

    public void metrics(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, Telemetry.SCRAPE_TYPE)
                .send(telemetry.scrape().getBytes(StandardCharsets.UTF_8));
    }

    public void openapi(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/yaml").send(openapi);
    }

    public void root(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .send(SIGNPOST.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(ServerResponse response, Health.Report report) {
        response.status(report.up() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
                .header(HeaderNames.CACHE_CONTROL, "no-store");
        Json.send(response, report);
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
