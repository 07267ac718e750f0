package io.gleaner.cli;

import picocli.CommandLine.Command;

/** {@code gleaner browser}: what renders pages that need scripts. */
@Command(
        name = "browser",
        synopsisSubcommandLabel = "check",
        description = "Look at the browser that renders pages.",
        footer = {"", "Example:", "  gleaner browser check"})
final class BrowserCommand extends CommandGroup {}
