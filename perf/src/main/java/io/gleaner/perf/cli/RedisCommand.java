package io.gleaner.perf.cli;

import io.gleaner.perf.chaos.RedisBench;
import io.gleaner.perf.chaos.RedisSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench redis}. */
@Command(
        name = "redis",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Kills, freezes, slows down and fills the Redis of a service under submissions and"
                    + " reads: no request may fail for it or take longer, and it must be used again"
                    + " without a restart.",
            "",
            "Starts a Redis of its own."
        })
final class RedisCommand implements Callable<Integer> {

    @Option(names = "--rounds", paramLabel = "N", description = "Repetitions (3).")
    private int rounds = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Submissions, then reads, before all that does not count (30s).")
    private Duration warmUp = Duration.ofSeconds(30);

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time of each trouble, and between two of them (10s).")
    private Duration phase = Duration.ofSeconds(10);

    @Option(
            names = "--frozen",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long Redis is frozen (30s).")
    private Duration frozen = Duration.ofSeconds(30);

    @Option(
            names = "--slow",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "What is added to each of its answers (200ms).")
    private Duration slow = Duration.ofMillis(200);

    @Option(names = "--rate", paramLabel = "N", description = "Submissions a second (100).")
    private int rate = 100;

    @Option(names = "--reads", paramLabel = "N", description = "Reads a second (200).")
    private int reads = 200;

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    RedisCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(
                new RedisBench(new RedisSettings(rounds, warmUp, phase, frozen, slow, rate, reads)),
                lab);
    }
}
