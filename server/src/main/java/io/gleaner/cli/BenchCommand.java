package io.gleaner.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gleaner bench}: the launcher runs it from another jar; here is its place in the help. */
@Command(
        name = "bench",
        description = {
            "Measure the service from outside and write reports.",
            "",
            "The launcher builds the measuring kit beside the sources and runs it; './gleaner bench"
                    + " --help' lists the benches."
        },
        footer = {"", "Examples:", "  gleaner bench crawl --pages 2000"})
final class BenchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARG", arity = "0..*", description = "The bench and its settings.")
    private String[] arguments = {};

    @Override
    public Integer call() {
        throw CommandFailure.usage(
                "'bench' needs the sources, so only the launcher ./gleaner runs it (%d arguments)"
                        .formatted(arguments.length));
    }
}
