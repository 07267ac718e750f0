package io.gleaner.perf.cli;

import io.gleaner.perf.autoscale.drill.DrillSettings;
import io.gleaner.perf.autoscale.simulate.Capacity;
import io.gleaner.perf.autoscale.simulate.Settings;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.autoscale.simulate.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code gleaner autoscale drill} takes. */
final class DrillOptions {

    private static final String TARGET = "gleaner-worker";
    private static final String TIER = "worker";
    private static final String SPIKE = "spike";
    // A minute of quiet, the spike, and the time in which the policy has gone all the way down
    // again.
    private static final Duration SPIKE_FROM = Duration.ofMinutes(9);
    private static final Duration SPIKE_UNTIL = Duration.ofMinutes(31);

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Autoscalers as YAML (default deploy/k8s/base/hpa.yml).")
    private Path policy = Path.of("deploy", "k8s", "base", "hpa.yml");

    @Option(
            names = "--capacity",
            paramLabel = "FILE",
            description = "What the policy's pods can do (default docs/performance/capacity.json).")
    private Path capacity = Path.of("docs", "performance", "capacity.json");

    @Option(
            names = "--load",
            paramLabel = "TRACE",
            description =
                    "What comes (spike): a built-in trace, or a CSV file of seconds and multiples"
                            + " of the quiet load.")
    private String load = SPIKE;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Begin of the trace's piece that is played (spike: 9m; otherwise 0s).")
    private @Nullable Duration from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "End of it (spike: 31m; otherwise the trace's).")
    private @Nullable Duration until;

    @Option(
            names = "--compress",
            paramLabel = "N",
            description = "So many times as fast time runs (5).")
    private int factor = 5;

    @Option(
            names = "--quiet",
            paramLabel = "SHARE",
            description = "Load of a quiet time, as a share of what one worker can do (0.3).")
    private double quiet = 0.3;

    @Option(
            names = "--workers-max",
            paramLabel = "N",
            description = "At most so many workers, for the machine is small (6; up to 7).")
    private int workersMax = 6;

    @Option(
            names = "--kill",
            description = "Kill the workers that are too many, instead of asking them to end.")
    private boolean kill;

    @Option(
            names = "--slo-wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time in the queue that 99 of 100 may not exceed (1m).")
    private Duration sloWait = Slo.DEFAULT.queueTime();

    @Option(names = "--seed", paramLabel = "N", description = "Other phases of the clocks (1).")
    private long seed = 1;

    @Option(
            names = "--plant",
            paramLabel = "FILE",
            description =
                    "Let the controller decide by this policy instead, to see that the drill"
                            + " notices.")
    private @Nullable Path planted;

    DrillSettings settings() {
        return new DrillSettings(
                SimulationOptions.policy(policy, TARGET),
                workersMax,
                Capacity.read(capacity, TIER, Map.of()),
                Settings.DEFAULT.withSeed(seed),
                trace(),
                quiet,
                factor,
                kill,
                new Slo(sloWait, Slo.DEFAULT.flaps(), Slo.DEFAULT.podHours()),
                Optional.ofNullable(planted).map(file -> SimulationOptions.policy(file, TARGET)));
    }

    /** The drill that belongs to the acceptance. */
    static DrillSettings standard(boolean kill) {
        var options = new DrillOptions();
        options.kill = kill;
        return options.settings();
    }

    private Trace trace() {
        boolean file = !Trace.NAMES.contains(load) && Files.isRegularFile(Path.of(load));
        Trace all = file ? Trace.read(Path.of(load)) : Trace.named(load, 1);
        boolean spike = load.equals(SPIKE);
        Duration begin = from != null ? from : spike ? SPIKE_FROM : Duration.ZERO;
        Duration end = spike ? SPIKE_UNTIL : Duration.ofSeconds(all.rates().size());
        return all.between(begin, until != null ? until : end);
    }
}
