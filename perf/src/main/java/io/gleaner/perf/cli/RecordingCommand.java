package io.gleaner.perf.cli;

import io.gleaner.perf.bench.RecordingBench;
import io.gleaner.perf.bench.RecordingSettings;
import io.gleaner.perf.site.SitePlan;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench recording}. */
@Command(
        name = "recording",
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "What the recording that 'serve' makes of itself all the time costs: switched on"
                        + " and off in one warm service, crawl by crawl; fourteen minutes on two"
                        + " cores.")
final class RecordingCommand implements Callable<Integer> {

    private static final int HOST_SLOTS = 16;
    private static final int CONCURRENCY = 256;
    private static final Duration CRAWL_LONGEST = Duration.ofMinutes(2);

    @Option(names = "--pages", paramLabel = "N", description = "Pages of a crawl (10000).")
    private int pages = 10_000;

    @Option(names = "--warm-ups", paramLabel = "N", description = "Pairs before that (10).")
    private int warmUps = 10;

    @Option(names = "--pairs", paramLabel = "N", description = "Pairs that count (200).")
    private int pairs = 200;

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    RecordingCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(
                new RecordingBench(
                        new RecordingSettings(
                                SitePlan.of(pages, HOST_SLOTS),
                                CONCURRENCY,
                                HOST_SLOTS,
                                warmUps,
                                pairs,
                                CRAWL_LONGEST)),
                lab);
    }
}
