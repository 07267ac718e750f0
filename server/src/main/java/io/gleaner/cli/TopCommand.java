package io.gleaner.cli;

import io.gleaner.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code gleaner} without a command: says which there are. */
@Command(
        name = "gleaner",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Web pages in, clean Markdown out: a scraping job service on your own machine.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  gleaner crawl https://docs.example.com/ --limit 500",
            "  gleaner scrape https://docs.example.com/intro > intro.md",
            "  gleaner serve",
            "",
            "gleaner COMMAND --help explains a command and its settings.",
            "GLEANER_JAVA_HOME names the JDK, GLEANER_JAVA_OPTS adds JVM flags (-Xmx1g),",
            "GLEANER_LOG sets the log level (TRACE, DEBUG, INFO, WARN, ERROR)."
        })
final class TopCommand extends CommandGroup {}
