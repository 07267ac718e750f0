package io.gleaner.cli.operate;

import io.gleaner.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code gleaner db}: the database of a running server. */
@Command(
        name = "db",
        synopsisSubcommandLabel = "report|migrate",
        description = "Look at the database of a server ('gleaner serve'), or prepare it.",
        footer = {"", "Examples:", "  gleaner db report", "  gleaner db migrate"})
public final class DbCommand extends CommandGroup {}
