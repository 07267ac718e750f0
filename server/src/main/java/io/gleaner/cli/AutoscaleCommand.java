package io.gleaner.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code gleaner autoscale}: the launcher runs it from another jar; here is its place in the help.
 */
@Command(
        name = "autoscale",
        description = {
            "Simulate and tune autoscaling policies.",
            "",
            "The launcher builds the measuring kit beside the sources and runs it; './gleaner"
                    + " autoscale --help' lists its commands."
        },
        footer = {"", "Examples:", "  gleaner autoscale simulate --load spike"})
final class AutoscaleCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARG", arity = "0..*", description = "The command and its settings.")
    private String[] arguments = {};

    @Override
    public Integer call() {
        throw CommandFailure.usage(
                "'autoscale' needs the sources, so only the launcher ./gleaner runs it (%d arguments)"
                        .formatted(arguments.length));
    }
}
