package io.gleaner.perf.cli;

import io.gleaner.perf.bench.SubmitBench;
import io.gleaner.perf.bench.SubmitSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench submit}. */
@Command(
        name = "submit",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Durable submissions of one URL: latency in an open loop at a given rate, then how many"
                    + " a second at saturation.",
            "",
            "With --compare a second variant of the service takes turns with the first."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench submit",
            "  gleaner bench submit --rounds 5 --compare GLEANER_SUBMIT_BATCH=1"
        })
final class SubmitCommand implements Callable<Integer> {

    @Option(names = "--rate", paramLabel = "N", description = "Submissions a second (1000).")
    private int rate = 1_000;

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time of the open loop (30s).")
    private Duration open = Duration.ofSeconds(30);

    @Option(
            names = "--saturation",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time of the closed loop (15s).")
    private Duration saturation = Duration.ofSeconds(15);

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time before both that does not count (10s).")
    private Duration warmUp = Duration.ofSeconds(10);

    @Option(names = "--connections", paramLabel = "N", description = "At saturation (256).")
    private int connections = 256;

    @Option(names = "--rounds", paramLabel = "N", description = "Repetitions (3).")
    private int rounds = 3;

    @Option(
            names = "--compare",
            paramLabel = "NAME=VALUE",
            description = "Environment of the variant to compare with; may be repeated.")
    private Map<String, String> compare = Map.of();

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    SubmitCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var settings =
                new SubmitSettings(rate, open, saturation, warmUp, connections, rounds, compare);
        return runner.run(new SubmitBench(settings), lab);
    }
}
