package io.gleaner.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gleaner cache}: the caches of a running server. */
@Command(
        name = "cache",
        synopsisSubcommandLabel = "report",
        description = "Look at the caches of a running server ('gleaner serve').",
        footer = {"", "Example:", "  gleaner cache report"})
final class CacheCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCodes.USAGE;
    }
}
