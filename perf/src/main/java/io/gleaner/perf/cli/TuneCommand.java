package io.gleaner.perf.cli;

import io.gleaner.perf.autoscale.simulate.Simulation;
import io.gleaner.perf.autoscale.tune.Tuning;
import io.gleaner.perf.autoscale.tune.TuningPage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner autoscale tune}. */
@Command(
        name = "tune",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Search the cheapest policy that holds over all traces, from the one that is given, one"
                    + " knob at a time; say of every other setting why it was not taken.",
            "",
            "Exit code: 0 when one was found that holds, 1 when none was, 64 for bad usage."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner autoscale tune",
            "  gleaner autoscale tune --slo-wait 30s --load spike --load night"
        })
final class TuneCommand implements Callable<Integer> {

    private static final int SEEDS = 2;

    @Option(
            names = "--load",
            paramLabel = "TRACE",
            description = "What it must hold over; may be repeated (all).")
    private List<String> loads = List.of("all");

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How often each trace is played with other noise (2).")
    private int seeds = SEEDS;

    @Mixin private final SimulationOptions options = new SimulationOptions();

    private final PrintStream out;
    private final PrintStream err;
    private final String command;

    TuneCommand(PrintStream out, PrintStream err, String command) {
        this.out = out;
        this.err = err;
        this.command = command;
    }

    @Override
    public Integer call() throws IOException {
        Simulation simulation = options.simulation();
        var tuning =
                new Tuning(
                        simulation,
                        options.slo(),
                        options.traces(loads, simulation),
                        seeds,
                        line -> err.println("autoscale: " + line));
        Tuning.Result result = tuning.search();
        String page = TuningPage.of(command, result);
        Files.createDirectories(options.report());
        out.println(Files.writeString(options.report().resolve("autoscale-tune.md"), page));
        return result.best().holds() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }
}
