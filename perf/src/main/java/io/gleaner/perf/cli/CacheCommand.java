package io.gleaner.perf.cli;

import io.gleaner.perf.bench.CacheBench;
import io.gleaner.perf.bench.CacheSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench cache}. */
@Command(
        name = "cache",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "What the caches are good for: status reads by the level that answers, pages from the"
                    + " cache against fetched ones, many callers of one cold key, pipelined against"
                    + " single reads of Redis, and how soon an invalidation is heard elsewhere.",
            "",
            "Starts a Redis of its own."
        })
final class CacheCommand implements Callable<Integer> {

    @Option(names = "--rounds", paramLabel = "N", description = "Repetitions (3).")
    private int rounds = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time before each kind of status reads that does not count (10s).")
    private Duration warmUp = Duration.ofSeconds(10);

    @Option(
            names = "--saturation",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time of each closed loop (5s).")
    private Duration saturation = Duration.ofSeconds(5);

    @Option(names = "--jobs", paramLabel = "N", description = "Jobs that are asked for (300).")
    private int jobs = 300;

    @Option(names = "--connections", paramLabel = "N", description = "At saturation (64).")
    private int connections = 64;

    @Option(names = "--pages", paramLabel = "N", description = "Pages scraped again (2000).")
    private int pages = 2_000;

    @Option(names = "--hosts", paramLabel = "N", description = "Hosts they are on (20).")
    private int hosts = 20;

    @Option(names = "--callers", paramLabel = "N", description = "Callers of a cold key (1000).")
    private int callers = 1_000;

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    CacheCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var settings =
                new CacheSettings(
                        rounds, warmUp, saturation, jobs, connections, pages, hosts, callers);
        return runner.run(new CacheBench(settings), lab);
    }
}
