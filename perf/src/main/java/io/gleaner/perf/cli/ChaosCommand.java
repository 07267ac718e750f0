package io.gleaner.perf.cli;

import io.gleaner.perf.chaos.ChaosBench;
import io.gleaner.perf.chaos.ChaosSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench chaos}. */
@Command(
        name = "chaos",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Kills APIs, workers and PostgreSQL at random while jobs run and submissions come in;"
                    + " then checks that every acknowledged URL is exactly one page or fault.",
            "",
            "Two APIs, three workers and a PostgreSQL of the bench's own: --database-url is"
                    + " refused."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench chaos",
            "  gleaner bench chaos --kills 10 --urls 2000 --seed 7"
        })
final class ChaosCommand implements Callable<Integer> {

    private static final int URLS = 50_000;

    @Option(names = "--kills", paramLabel = "N", description = "Events (100).")
    private int kills = 100;

    @Option(names = "--urls", paramLabel = "N", description = "URLs of the large job (50000).")
    private int urls = URLS;

    @Option(names = "--seed", paramLabel = "N", description = "Decides events and times (1).")
    private long seed = 1;

    @Option(names = "--rate", paramLabel = "N", description = "Small jobs a second (20).")
    private double rate = 20;

    @Option(
            names = "--pause",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Between two events on average (3s).")
    private Duration pause = Duration.ofSeconds(3);

    @Option(
            names = "--longest",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Limit of the time after the last event (15m).")
    private Duration longest = Duration.ofMinutes(15);

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    ChaosCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(
                new ChaosBench(new ChaosSettings(kills, urls, seed, rate, pause, longest)), lab);
    }
}
