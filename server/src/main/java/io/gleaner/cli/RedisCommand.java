package io.gleaner.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gleaner redis}: the Redis that processes share. */
@Command(
        name = "redis",
        synopsisSubcommandLabel = "ping",
        description = "Look at the Redis that processes share.",
        footer = {"", "Example:", "  gleaner redis ping --redis-url redis://127.0.0.1:6379"})
final class RedisCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCodes.USAGE;
    }
}
