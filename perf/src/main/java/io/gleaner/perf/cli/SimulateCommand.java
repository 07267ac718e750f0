package io.gleaner.perf.cli;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Simulation;
import io.gleaner.perf.autoscale.simulate.SimulationReport;
import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.report.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner autoscale simulate}. */
@Command(
        name = "simulate",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Play a load against an autoscaling policy and pods that start, work and end as"
                    + " measured; draw load, backlog, replicas and wait, and judge them.",
            "",
            "Traces: steady, spike (10x for ten minutes), ramp, sawtooth, flash-crowd, night, all;"
                    + " or a CSV file of seconds and items per second.",
            "",
            "Exit code: 0 when every verdict holds, 1 when one does not, 64 for bad usage."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner autoscale simulate --load spike",
            "  gleaner autoscale simulate --policy mine.yml --load monday.csv --pod readySeconds=20"
        })
final class SimulateCommand implements Callable<Integer> {

    private static final String NAME = "autoscale-simulate";

    @Option(
            names = "--load",
            paramLabel = "TRACE",
            description = "What comes; may be repeated (all).")
    private List<String> loads = List.of("all");

    @Mixin private final SimulationOptions options = new SimulationOptions();

    private final PrintStream out;
    private final PrintStream err;
    private final String command;

    SimulateCommand(PrintStream out, PrintStream err, String command) {
        this.out = out;
        this.err = err;
        this.command = command;
    }

    @Override
    public Integer call() {
        Simulation simulation = options.simulation();
        List<Run> runs = new ArrayList<>();
        for (Trace trace : options.traces(loads, simulation)) {
            Run run = simulation.run(trace);
            runs.add(run);
            err.printf(
                    "autoscale: %s  %s: time in queue p99 %d s, %s pod-hours, at most %d replicas,"
                            + " %d changes, %d flaps%n",
                    options.slo().holds(run) ? "holds       " : "DOES NOT HOLD",
                    run.trace(),
                    run.waitP99Seconds(),
                    Figures.number(run.podHours()),
                    run.podsMax(),
                    run.changes(),
                    run.flaps());
        }
        var report = SimulationReport.of(command, simulation, options.slo(), runs);
        out.println(report.write(options.report(), NAME));
        return report.holds() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }
}
