package io.gleaner.cli.develop;

import io.gleaner.cli.console.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gleaner test}: the launcher runs it, because it needs no jar; here is its help. */
@Command(
        name = "test",
        description = {
            "Check the sources: format, warnings as errors, tests, architecture rules.",
            "",
            "Runs Maven's 'verify' on the JDK that the launcher found and passes its exit code on."
        },
        footer = {"", "Examples:", "  gleaner test", "  gleaner test -Dtest=SiteTreeTest"})
public final class TestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARG", arity = "0..*", description = "Passed to Maven as they are.")
    private String[] arguments = {};

    @Override
    public Integer call() {
        throw CommandFailure.usage(
                "'test' needs the sources, so only the launcher ./gleaner runs it (%d arguments)"
                        .formatted(arguments.length));
    }
}
