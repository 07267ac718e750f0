package io.gleaner.perf.cli;

import io.gleaner.perf.bench.CrawlBench;
import io.gleaner.perf.bench.CrawlSettings;
import io.gleaner.perf.site.SitePlan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench crawl}. */
@Command(
        name = "crawl",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Pages a second of a whole crawl, and whether each page came exactly once.",
        footer = {
            "",
            "Examples:",
            "  gleaner bench crawl",
            "  gleaner bench crawl --pages 100000 --hosts 1000 --latency-max 50ms",
            "  gleaner bench crawl --rounds 8 --compare GLEANER_JFR=false"
        })
final class CrawlCommand implements Callable<Integer> {

    private static final int PAGES = 10_000;
    private static final int HOSTS = 16;

    @Mixin private final SiteOptions site = new SiteOptions();

    @Option(names = "--host-slots", paramLabel = "N", description = "In flight to a host (16).")
    private int hostSlots = 16;

    @Option(names = "--concurrency", paramLabel = "N", description = "Fetches in flight (256).")
    private int concurrency = 256;

    @Option(names = "--warm-ups", paramLabel = "N", description = "Crawls before that (1).")
    private int warmUps = 1;

    @Option(names = "--rounds", paramLabel = "N", description = "Crawls that count (3).")
    private int rounds = 3;

    @Option(
            names = "--longest",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Limit of one crawl (10m).")
    private Duration longest = Duration.ofMinutes(10);

    @Option(
            names = "--bound",
            paramLabel = "PAGES/S",
            description = "Least median for the verdict (0: everything holds).")
    private double bound;

    @Option(
            names = "--compare",
            paramLabel = "NAME=VALUE",
            description =
                    "Environment of a second service that takes turns with the first; may be"
                            + " repeated.")
    private Map<String, String> compare = Map.of();

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    CrawlCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var settings =
                new CrawlSettings(
                        site.over(SitePlan.of(PAGES, HOSTS)),
                        hostSlots,
                        concurrency,
                        warmUps,
                        rounds,
                        longest,
                        bound,
                        compare);
        return runner.run(new CrawlBench(settings), lab);
    }
}
