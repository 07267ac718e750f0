package io.gleaner.perf.cli;

import io.gleaner.perf.autoscale.drill.DrillBench;
import io.gleaner.perf.autoscale.drill.TrialPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gleaner autoscale drill}. */
@Command(
        name = "drill",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Let an autoscaling policy decide over real workers on this machine, under a real load,"
                    + " in time that runs faster; hold the replicas against the simulation of the"
                    + " same load and account for every task, page and request.",
            "",
            "Starts PostgreSQL, Redis, an API and workers, measures what one worker can do, plays"
                    + " the trace; less than six minutes with the defaults. All times are the"
                    + " policy's.",
            "",
            "Exit code: 0 when every verdict holds, 1 when one does not, 75 when none fails but one"
                    + " cannot be measured on this machine, 64 for bad usage, 70 when nothing could"
                    + " be measured. Ctrl-C ends everything that was started."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner autoscale drill",
            "  gleaner autoscale drill --kill",
            "  gleaner autoscale drill --policy mine.yml --load sawtooth --until 40m --compress 15"
        })
final class DrillCommand implements Callable<Integer> {

    @Mixin private final DrillOptions drill = new DrillOptions();
    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    DrillCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(new DrillBench(drill.settings(), TrialPlan.STANDARD), lab);
    }
}
