package io.gleaner.cli.operate;

import io.gleaner.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code gleaner browser}: what renders pages that need scripts. */
@Command(
        name = "browser",
        synopsisSubcommandLabel = "check",
        description = "Look at the browser that renders pages.",
        footer = {"", "Example:", "  gleaner browser check"})
public final class BrowserCommand extends CommandGroup {}
