package io.gleaner.cli;

import picocli.CommandLine.Command;

/** {@code gleaner redis}: the Redis that processes share. */
@Command(
        name = "redis",
        synopsisSubcommandLabel = "ping",
        description = "Look at the Redis that processes share.",
        footer = {"", "Example:", "  gleaner redis ping --redis-url redis://127.0.0.1:6379"})
final class RedisCommand extends CommandGroup {}
