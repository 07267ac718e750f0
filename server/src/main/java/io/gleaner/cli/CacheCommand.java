package io.gleaner.cli;

import picocli.CommandLine.Command;

/** {@code gleaner cache}: the caches of a running server. */
@Command(
        name = "cache",
        synopsisSubcommandLabel = "report",
        description = "Look at the caches of a running server ('gleaner serve').",
        footer = {"", "Example:", "  gleaner cache report"})
final class CacheCommand extends CommandGroup {}
