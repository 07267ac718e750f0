package io.gleaner.cli.operate;

import io.gleaner.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code gleaner redis}: the Redis that processes share. */
@Command(
        name = "redis",
        synopsisSubcommandLabel = "ping",
        description = "Look at the Redis that processes share.",
        footer = {"", "Example:", "  gleaner redis ping --redis-url redis://127.0.0.1:6379"})
public final class RedisCommand extends CommandGroup {}
