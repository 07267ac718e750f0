package io.gleaner.perf.cli;

import io.gleaner.perf.regression.CompareBench;
import io.gleaner.perf.regression.CompareSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gleaner bench compare}. */
@Command(
        name = "compare",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Whether a commit is slower than another: builds both, runs them and the base once more"
                    + " side by side, loads one at a time in blocks, and judges the ratios.",
            "",
            "The base against itself says what this machine adds, and how often the rule cries"
                    + " wolf. Statements, WAL and allocated bytes are counted besides."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench compare main",
            "  gleaner bench compare v0.1.0 HEAD --pairs 20"
        })
final class CompareCommand implements Callable<Integer> {

    private static final int PAIRS = 12;
    private static final int CRAWL_PAGES = 400;

    @Parameters(
            index = "0",
            paramLabel = "BASE",
            description = "Commit, branch or tag to compare with.")
    private String base = "";

    @Parameters(
            index = "1",
            paramLabel = "CANDIDATE",
            arity = "0..1",
            description = "Another (default: the sources as they lie here).")
    private String candidate = "";

    @Option(names = "--pairs", paramLabel = "N", description = "Blocks, 10 or more (12).")
    private int pairs = PAIRS;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Each load on each build before all that does not count (15s).")
    private Duration warmUp = Duration.ofSeconds(15);

    @Option(
            names = "--slice",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time of each load in a block (2s).")
    private Duration slice = Duration.ofSeconds(2);

    @Option(
            names = "--crawl-pages",
            paramLabel = "N",
            description = "Pages of the crawl in a block (400).")
    private int crawlPages = CRAWL_PAGES;

    @Option(names = "--seed", paramLabel = "N", description = "Another order of the builds.")
    private long seed = 1;

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    CompareCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(
                new CompareBench(
                        new CompareSettings(
                                base, candidate, pairs, warmUp, slice, crawlPages, seed)),
                lab);
    }
}
