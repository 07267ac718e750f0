package io.gleaner.perf.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gleaner autoscale} without a command: says which there are. */
@Command(
        name = "autoscale",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Show what an autoscaling policy does before anyone pays for a cluster: computed, or"
                    + " over real processes.",
            "",
            "The rules are those of Kubernetes' HorizontalPodAutoscaler: docs/scaling-hpa.md."
        },
        commandListHeading = "%nCommands:%n",
        footer = {"", "gleaner autoscale COMMAND --help explains a command and its settings."})
final class AutoscaleCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCodes.USAGE;
    }
}
