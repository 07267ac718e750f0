package io.gleaner.perf.cli;

import io.gleaner.perf.bench.CollectorBench;
import io.gleaner.perf.bench.CollectorSettings;
import io.gleaner.perf.bench.MemoryBench;
import io.gleaner.perf.bench.MemorySettings;
import io.gleaner.perf.site.SitePlan;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench memory}. */
@Command(
        name = "memory",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "What the service keeps after equal cycles of work; or collectors compared.",
        footer = {
            "",
            "Examples:",
            "  gleaner bench memory --cycles 40 --tasks 2000",
            "  gleaner bench memory --compare-gc --rounds 5"
        })
final class MemoryCommand implements Callable<Integer> {

    private static final int HOSTS = 16;
    private static final int ENDLESS_PAGES = 500_000;

    @Option(names = "--cycles", paramLabel = "N", description = "Cycles of work, 20 or more (20).")
    private int cycles = 20;

    @Option(names = "--tasks", paramLabel = "N", description = "Pages crawled in a cycle (1,000).")
    private int tasks = 1_000;

    @Option(
            names = "--submissions",
            paramLabel = "N",
            description = "Submissions of one URL in a cycle (200).")
    private int submissions = 200;

    @Option(
            names = "--compare-gc",
            description = "Instead: G1 with and without compact headers, ZGC, Shenandoah, Serial.")
    private boolean compareGc;

    @Option(names = "--rounds", paramLabel = "N", description = "Of the comparison (5).")
    private int rounds = 5;

    @Option(names = "--rate", paramLabel = "N", description = "Reads a second beside it (500).")
    private int rate = 500;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time of the comparison that does not count (15s).")
    private Duration warmUp = Duration.ofSeconds(15);

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time of the comparison that counts (30s).")
    private Duration window = Duration.ofSeconds(30);

    @Option(names = "--heap", paramLabel = "SIZE", description = "Heap when compared (512m).")
    private String heap = "512m";

    @Option(
            names = "--memory-max",
            paramLabel = "MIB",
            description = "Of the service's cgroup, where one can be made (1024).")
    private int memoryMaxMib = 1_024;

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    MemoryCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        long memoryMaxBytes = (long) memoryMaxMib << 20;
        if (compareGc) {
            var settings =
                    new CollectorSettings(
                            rounds,
                            rate,
                            warmUp,
                            window,
                            heap,
                            SitePlan.of(ENDLESS_PAGES, HOSTS),
                            memoryMaxBytes);
            return runner.run(new CollectorBench(settings), lab);
        }
        var settings =
                new MemorySettings(
                        cycles,
                        submissions,
                        SitePlan.of(tasks, HOSTS),
                        memoryMaxBytes,
                        Duration.ofMinutes(10));
        return runner.run(new MemoryBench(settings), lab);
    }
}
