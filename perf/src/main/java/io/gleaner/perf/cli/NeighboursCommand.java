package io.gleaner.perf.cli;

import io.gleaner.perf.bench.NeighboursBench;
import io.gleaner.perf.bench.NeighboursSettings;
import io.gleaner.perf.site.SitePlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench neighbours}. */
@Command(
        name = "neighbours",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Scrapes alone and beside jobs whose expressions take all that a page may cost, block"
                    + " by block, and how much longer they take."
        })
final class NeighboursCommand implements Callable<Integer> {

    private static final int PAGES = 1_000;

    @Option(names = "--jobs", paramLabel = "N", description = "Hostile jobs at once (20).")
    private int jobs = 20;

    @Option(names = "--pages-each", paramLabel = "N", description = "Pages of each (200).")
    private int pagesEach = 200;

    @Option(names = "--paragraphs", paramLabel = "N", description = "Of those pages (4000).")
    private int paragraphs = 4_000;

    @Option(names = "--scrapes", paramLabel = "N", description = "Scrapes in a block (60).")
    private int scrapes = 60;

    @Option(names = "--rounds", paramLabel = "N", description = "Pairs of blocks (5).")
    private int rounds = 5;

    @Mixin private final SiteOptions site = new SiteOptions();
    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    NeighboursCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var settings =
                new NeighboursSettings(
                        jobs,
                        pagesEach,
                        paragraphs,
                        scrapes,
                        rounds,
                        site.over(SitePlan.of(PAGES, 1)));
        return runner.run(new NeighboursBench(settings), lab);
    }
}
