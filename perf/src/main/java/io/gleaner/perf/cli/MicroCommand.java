package io.gleaner.perf.cli;

import io.gleaner.perf.micro.MicroBench;
import io.gleaner.perf.micro.MicroSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench micro}. */
@Command(
        name = "micro",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "What one call of the pure hot paths costs, in time and in allocated bytes (JMH):"
                    + " Markdown, links, URL normalisation, robots.txt.",
            "",
            "Starts no service; of the flags below --report counts."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench micro",
            "  gleaner bench micro --filter 'markdown|links' --seconds 30"
        })
final class MicroCommand implements Callable<Integer> {

    @Option(
            names = "--filter",
            paramLabel = "REGEX",
            description = "Benchmarks whose name it matches (all).")
    private String filter = "";

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "That count, of each benchmark with each input in each JVM (5).")
    private int seconds = 5;

    @Option(names = "--forks", paramLabel = "N", description = "JVMs for each of them (2).")
    private int forks = 2;

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    MicroCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var settings = new MicroSettings(filter, Duration.ofSeconds(seconds), forks);
        return runner.run(new MicroBench(settings), lab);
    }
}
