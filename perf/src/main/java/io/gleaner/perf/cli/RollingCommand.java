package io.gleaner.perf.cli;

import io.gleaner.perf.availability.ClusterSettings;
import io.gleaner.perf.availability.RollingBench;
import io.gleaner.perf.availability.RollingSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench rolling}. */
@Command(
        name = "rolling",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Restarts every process of a small cluster in turn under load, then scales up and"
                    + " down: whether a request fails or a page is lost.",
            "",
            "APIs, workers and maintenance on one PostgreSQL and one Redis, behind a proxy that"
                    + " balances connections and learns of pods late, as in Kubernetes."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench rolling",
            "  gleaner bench rolling --restarts 1 --shutdown-delay 0s --pre-stop 5s"
        })
final class RollingCommand implements Callable<Integer> {

    static final RollingSettings STANDARD = new RollingSettings(3, ClusterSettings.STANDARD);

    @Option(names = "--restarts", paramLabel = "N", description = "Of all processes (3).")
    private int restarts = STANDARD.restarts();

    @Mixin private final ClusterOptions cluster = new ClusterOptions();

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    RollingCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(new RollingBench(new RollingSettings(restarts, cluster.settings())), lab);
    }
}
