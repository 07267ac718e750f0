package io.gleaner.perf.cli;

import io.gleaner.perf.chaos.OutageBench;
import io.gleaner.perf.chaos.OutageSettings;
import io.gleaner.perf.chaos.OutageSettings.Mode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench outage}. */
@Command(
        name = "outage",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Takes PostgreSQL away under a crawl, submissions and reads at fixed rates, and brings"
                    + " it back: requests must be refused in time, nothing acknowledged may be"
                    + " lost, and all must go on without a restart.",
            "",
            "The PostgreSQL is the bench's own: --database-url is refused."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench outage",
            "  gleaner bench outage --outage 10s --mode freeze"
        })
final class OutageCommand implements Callable<Integer> {

    private static final int PAGES = 3_000;

    @Option(
            names = "--outage",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long it is away (60s).")
    private Duration outage = Duration.ofSeconds(60);

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "stop (pg_ctl stop), freeze (SIGSTOP: nobody answers) or both, one after the"
                            + " other (both).")
    private String mode = "both";

    @Option(
            names = "--before",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Load before that (10s).")
    private Duration before = Duration.ofSeconds(10);

    @Option(
            names = "--after",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Load after its return (15s).")
    private Duration after = Duration.ofSeconds(15);

    @Option(names = "--rate", paramLabel = "N", description = "Submissions a second (50).")
    private int rate = 50;

    @Option(names = "--reads", paramLabel = "N", description = "Reads a second (150).")
    private int reads = 150;

    @Option(names = "--pages", paramLabel = "N", description = "Pages of the crawl (3000).")
    private int pages = PAGES;

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    OutageCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(
                new OutageBench(
                        new OutageSettings(modes(), outage, before, after, rate, reads, pages)),
                lab);
    }

    private List<Mode> modes() {
        return switch (mode) {
            case "stop" -> List.of(Mode.STOP);
            case "freeze" -> List.of(Mode.FREEZE);
            case "both" -> List.of(Mode.STOP, Mode.FREEZE);
            default ->
                    throw new IllegalArgumentException(
                            "mode must be stop, freeze or both: " + mode);
        };
    }
}
