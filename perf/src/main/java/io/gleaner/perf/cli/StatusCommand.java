package io.gleaner.perf.cli;

import io.gleaner.perf.bench.StatusBench;
import io.gleaner.perf.bench.StatusSettings;
import io.gleaner.perf.site.SitePlan;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench status}. */
@Command(
        name = "status",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Reads of job states while a crawl of the bench site runs in the same service: latency"
                    + " in an open loop, then how many a second at saturation, with and without"
                    + " If-None-Match.",
            "",
            "The site's latency and hosts decide how busy the crawl keeps the machine."
        })
final class StatusCommand implements Callable<Integer> {

    private static final int PAGES = 1_000_000;
    private static final int HOSTS = 20;

    @Option(names = "--rate", paramLabel = "N", description = "Reads a second (2000).")
    private int rate = 2_000;

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
            description = "Time of each closed loop (10s).")
    private Duration saturation = Duration.ofSeconds(10);

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time before all that does not count (10s).")
    private Duration warmUp = Duration.ofSeconds(10);

    @Option(names = "--connections", paramLabel = "N", description = "At saturation (256).")
    private int connections = 256;

    @Option(names = "--rounds", paramLabel = "N", description = "Repetitions (3).")
    private int rounds = 3;

    @Option(names = "--jobs", paramLabel = "N", description = "Jobs that are asked for (1000).")
    private int jobs = 1_000;

    @Mixin private final SiteOptions site = new SiteOptions();

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    StatusCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        SitePlan calm =
                SitePlan.of(PAGES, HOSTS)
                        .withLatency(Duration.ofMillis(200), Duration.ofMillis(600));
        var settings =
                new StatusSettings(
                        rate, open, saturation, warmUp, connections, rounds, jobs, site.over(calm));
        return runner.run(new StatusBench(settings), lab);
    }
}
