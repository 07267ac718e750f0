package io.gleaner.cli.operate;

import io.gleaner.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code gleaner cache}: the caches of a running server. */
@Command(
        name = "cache",
        synopsisSubcommandLabel = "report",
        description = "Look at the caches of a running server ('gleaner serve').",
        footer = {"", "Example:", "  gleaner cache report"})
public final class CacheCommand extends CommandGroup {}
