package io.gleaner.perf.cli;

import io.gleaner.perf.bench.ConcurrencyBench;
import io.gleaner.perf.bench.ConcurrencySettings;
import io.gleaner.perf.site.SitePlan;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench concurrency}. */
@Command(
        name = "concurrency",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Thousands of slow pages in flight at once, counted at the site, and the memory that"
                    + " the service takes.",
            "",
            "The service runs in a cgroup with a memory limit where one can be made; else its"
                    + " resident peak counts. The report says which."
        })
final class ConcurrencyCommand implements Callable<Integer> {

    private static final int PAGES = 20_000;
    private static final int HOSTS = 1_000;
    private static final long MIB = 1024 * 1024;

    @Option(names = "--in-flight", paramLabel = "N", description = "Fetches at once (5000).")
    private int inFlight = 5_000;

    @Mixin private final SiteOptions site = new SiteOptions();

    @Option(names = "--host-slots", paramLabel = "N", description = "In flight to a host (16).")
    private int hostSlots = 16;

    @Option(names = "--heap", paramLabel = "SIZE", description = "Heap of the service (288m).")
    private String heap = "288m";

    @Option(names = "--memory", paramLabel = "MIB", description = "Limit of its group (1024).")
    private long memory = 1_024;

    @Option(names = "--rounds", paramLabel = "N", description = "Jobs that count (3).")
    private int rounds = 3;

    @Option(
            names = "--longest",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Limit of one job (10m).")
    private Duration longest = Duration.ofMinutes(10);

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    ConcurrencyCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        SitePlan slow =
                SitePlan.of(PAGES, HOSTS).withLatency(Duration.ofSeconds(4), Duration.ofSeconds(5));
        var settings =
                new ConcurrencySettings(
                        inFlight, site.over(slow), hostSlots, heap, memory * MIB, rounds, longest);
        return runner.run(new ConcurrencyBench(settings), lab);
    }
}
