package io.gleaner.perf.cli;

import io.gleaner.perf.autoscale.drill.DrillBench;
import io.gleaner.perf.autoscale.drill.TrialPlan;
import io.gleaner.perf.availability.RollingBench;
import io.gleaner.perf.bench.ConcurrencyBench;
import io.gleaner.perf.bench.ConcurrencySettings;
import io.gleaner.perf.bench.CrawlBench;
import io.gleaner.perf.bench.CrawlSettings;
import io.gleaner.perf.bench.StatusBench;
import io.gleaner.perf.bench.StatusSettings;
import io.gleaner.perf.bench.SubmitBench;
import io.gleaner.perf.bench.SubmitSettings;
import io.gleaner.perf.site.SitePlan;
import io.gleaner.perf.validate.CrawlersBench;
import io.gleaner.perf.validate.NormalBench;
import io.gleaner.perf.validate.Targets;
import io.gleaner.perf.validate.ValidateBench;
import io.gleaner.perf.validate.ValidateBench.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench validate}. */
@Command(
        name = "validate",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "The targets T1 to T10 of the requirements, one bench after the other, and one table of"
                    + " what holds, musts and aims; half an hour on two cores. Musts decide.",
            "",
            "Each bench can be repeated alone: submit, status, concurrency, crawl, normal, rolling;"
                    + " and 'gleaner autoscale drill', without and with --kill; and"
                    + " perf/compare/compare."
        })
final class ValidateCommand implements Callable<Integer> {

    private static final long GIB = 1L << 30;

    @Option(names = "--rounds", paramLabel = "N", description = "Repetitions of each (3).")
    private int rounds = 3;

    @Option(
            names = "--without-peers",
            description = "Leave out T10, which needs Scrapy, nginx, Node.js and npm.")
    private boolean withoutPeers;

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    ValidateCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var parts = new ArrayList<Part>();
        if (!withoutPeers) {
            parts.add(new Part("T10", new CrawlersBench(rounds), Targets.CRAWLERS));
        }
        parts.add(new Part("T1, T3, T7", submit(), Targets.SUBMIT));
        parts.add(new Part("T2, T3", status(), Targets.STATUS));
        parts.add(new Part("T4, T5, T7", concurrency(), Targets.CONCURRENCY));
        parts.add(new Part("T7", crawl()));
        parts.add(
                new Part(
                        "T1, T2, T6, T8", new NormalBench(NormalCommand.STANDARD), Targets.NORMAL));
        parts.add(new Part("T8", new RollingBench(RollingCommand.STANDARD)));
        parts.add(new Part("T9", drill(false)));
        parts.add(new Part("T9", drill(true)));
        return runner.run(new ValidateBench(parts), lab);
    }

    private static DrillBench drill(boolean kill) {
        return new DrillBench(DrillOptions.standard(kill), TrialPlan.STANDARD);
    }

    private SubmitBench submit() {
        return new SubmitBench(
                new SubmitSettings(
                        1_000,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(40),
                        256,
                        rounds,
                        Map.of()));
    }

    private StatusBench status() {
        return new StatusBench(
                new StatusSettings(
                        2_000,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(30),
                        256,
                        rounds,
                        300,
                        SitePlan.of(1_000_000, 20)
                                .withLatency(Duration.ofMillis(200), Duration.ofMillis(600))));
    }

    /** A round takes as long as its 20,000 pages do, and one says it. */
    private static ConcurrencyBench concurrency() {
        return new ConcurrencyBench(
                new ConcurrencySettings(
                        5_000,
                        SitePlan.of(20_000, 1_000)
                                .withLatency(Duration.ofSeconds(4), Duration.ofSeconds(5)),
                        16,
                        "288m",
                        GIB,
                        1,
                        Duration.ofMinutes(10)));
    }

    private CrawlBench crawl() {
        return new CrawlBench(
                new CrawlSettings(
                        SitePlan.of(10_000, 16),
                        16,
                        256,
                        1,
                        rounds,
                        Duration.ofMinutes(10),
                        0,
                        Map.of()));
    }
}
