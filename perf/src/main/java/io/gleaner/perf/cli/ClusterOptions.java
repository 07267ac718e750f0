package io.gleaner.perf.cli;

import io.gleaner.perf.availability.ClusterSettings;
import io.gleaner.perf.pods.Grace;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The cluster of {@code bench rolling} and {@code bench upgrade}. */
final class ClusterOptions {

    @Option(names = "--apis", paramLabel = "N", description = "API pods (2).")
    private int apis = ClusterSettings.STANDARD.apis();

    @Option(names = "--workers", paramLabel = "N", description = "Worker pods (2).")
    private int workers = ClusterSettings.STANDARD.workers();

    @Option(
            names = "--endpoint-delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How late the proxy learns of a pod (2s).")
    private Duration endpointDelay = ClusterSettings.STANDARD.grace().endpointDelay();

    @Option(
            names = "--pre-stop",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Sleep before SIGTERM (0s).")
    private Duration preStop = ClusterSettings.STANDARD.grace().preStop();

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "From a pod's mark to SIGKILL (60s).")
    private Duration grace = ClusterSettings.STANDARD.grace().grace();

    @Option(
            names = "--shutdown-delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "GLEANER_SHUTDOWN_DELAY of the pods (5s).")
    private Duration shutdownDelay = ClusterSettings.STANDARD.shutdownDelay();

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Load before anything counts (20s).")
    private Duration warmUp = ClusterSettings.STANDARD.warmUp();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Submissions a second; twice as many reads of states (10).")
    private int rate = ClusterSettings.STANDARD.submissionsPerSecond();

    ClusterSettings settings() {
        return new ClusterSettings(
                apis,
                workers,
                new Grace(endpointDelay, preStop, grace),
                shutdownDelay,
                warmUp,
                rate,
                2 * rate,
                ClusterSettings.STANDARD.streamPerSecond());
    }
}
