package io.gleaner.api.operation;

import io.gleaner.api.guard.Drain;
import io.gleaner.api.port.Readiness;
import io.gleaner.api.wire.Json;
import io.gleaner.transport.ProbeServer;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What probes are told: whether the process lives, can work, and has begun to. */
public final class Health {

    private final Readiness readiness;
    private final Drain drain;
    private final BooleanSupplier discreet;
    private volatile boolean started;

    /**
     * @param discreet whether strangers may ask, who are told that something is wrong and not what
     */
    public Health(Readiness readiness, Drain drain, BooleanSupplier discreet) {
        this.readiness = readiness;
        this.drain = drain;
        this.discreet = discreet;
    }

    /**
     * @param problem why it is down, or null when it is up
     */
    record Report(String status, @Nullable String problem) {

        static Report of(Optional<String> problem) {
            return new Report(problem.isEmpty() ? "up" : "down", problem.orElse(null));
        }

        boolean up() {
            return problem == null;
        }
    }

    Report live() {
        return Report.of(Optional.empty());
    }

    Report ready() {
        return Report.of(drain.leaving() ? Optional.of("the server is shutting down") : problem());
    }

    private Optional<String> problem() {
        Optional<String> problem = readiness.problem();
        return discreet.getAsBoolean()
                ? problem.map(it -> "it cannot work now; the log says why")
                : problem;
    }

    /** Up once it was ready, and from then on. */
    Report started() {
        Report report = started ? live() : ready();
        started |= report.up();
        return report;
    }

    /** The same for a port of their own. */
    public Map<String, Supplier<ProbeServer.Answer>> pages() {
        return Map.of(
                "/health/live", () -> answer(live()),
                "/health/ready", () -> answer(ready()),
                "/health/started", () -> answer(started()));
    }

    private static ProbeServer.Answer answer(Report report) {
        return new ProbeServer.Answer(
                report.up() ? 200 : 503,
                report.up() ? "OK" : "Service Unavailable",
                Json.MEDIA_TYPE,
                Json.bytes(report));
    }
}
