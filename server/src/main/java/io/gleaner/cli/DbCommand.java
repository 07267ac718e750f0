package io.gleaner.cli;

import picocli.CommandLine.Command;

/** {@code gleaner db}: the database of a running server. */
@Command(
        name = "db",
        synopsisSubcommandLabel = "report",
        description = "Look at the database of a running server ('gleaner serve').",
        footer = {"", "Example:", "  gleaner db report"})
final class DbCommand extends CommandGroup {}
