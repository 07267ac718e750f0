package io.gleaner.cli;

import io.gleaner.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code gleaner url}: what a crawl makes of URLs. */
@Command(
        name = "url",
        synopsisSubcommandLabel = "COMMAND",
        description = "What a crawl makes of a URL.",
        commandListHeading = "%nCommands:%n")
final class UrlCommand extends CommandGroup {}
