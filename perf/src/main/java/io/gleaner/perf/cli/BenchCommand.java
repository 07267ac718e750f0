package io.gleaner.perf.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gleaner bench} without a bench: says which there are. */
@Command(
        name = "bench",
        synopsisSubcommandLabel = "BENCH",
        description = {
            "Measure Gleaner from outside: starts the service in processes of its own, loads it"
                    + " over HTTP on loopback and writes a report as JSON and Markdown.",
            "",
            "Exit code: 0 when every verdict holds, 1 when one does not, 75 when none fails but one"
                    + " cannot be measured on this machine, 64 for bad usage, 70 when nothing could"
                    + " be measured. Ctrl-C ends everything that was started."
        },
        commandListHeading = "%nBenches:%n",
        footer = {
            "",
            "Examples:",
            "  gleaner bench crawl --pages 2000",
            "  gleaner bench submit --compare GLEANER_SUBMIT_BATCH=1",
            "",
            "gleaner bench BENCH --help explains a bench and its settings."
        })
final class BenchCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCodes.USAGE;
    }
}
