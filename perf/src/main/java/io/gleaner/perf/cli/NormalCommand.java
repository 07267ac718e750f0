package io.gleaner.perf.cli;

import io.gleaner.perf.validate.NormalBench;
import io.gleaner.perf.validate.NormalSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench normal}. */
@Command(
        name = "normal",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "A thousand requests a minute: how much of the machine they take, how long they take,"
                    + " and whether any of them fails."
        })
final class NormalCommand implements Callable<Integer> {

    static final NormalSettings STANDARD =
            new NormalSettings(1_000, Duration.ofSeconds(200), Duration.ofSeconds(30));

    @Option(names = "--rate", paramLabel = "N", description = "Requests a minute (1000).")
    private int rate = STANDARD.requestsPerMinute();

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time of the load (200s).")
    private Duration duration = STANDARD.duration();

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time before that does not count (30s).")
    private Duration warmUp = STANDARD.warmUp();

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    NormalCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(new NormalBench(new NormalSettings(rate, duration, warmUp)), lab);
    }
}
