package io.gleaner.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gleaner db}: the database of a running server. */
@Command(
        name = "db",
        synopsisSubcommandLabel = "report",
        description = "Look at the database of a running server ('gleaner serve').",
        footer = {"", "Example:", "  gleaner db report"})
final class DbCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCodes.USAGE;
    }
}
