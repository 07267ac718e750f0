package io.gleaner.cli.develop;

import io.gleaner.cli.console.CommandFailure;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command of the measuring kit: the launcher runs it from another jar; here is its place in the
 * help.
 */
abstract class KitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARG", arity = "0..*", description = "What to do, and its settings.")
    private String[] arguments = {};

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw CommandFailure.usage(
                "'%s' needs the sources, so only the launcher ./gleaner runs it (%d arguments)"
                        .formatted(spec == null ? "" : spec.name(), arguments.length));
    }
}
