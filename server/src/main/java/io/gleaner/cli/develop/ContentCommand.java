package io.gleaner.cli.develop;

import picocli.CommandLine.Command;

/** {@code gleaner content}. */
@Command(
        name = "content",
        description = {
            "Learn to choose main content, and judge how well it is chosen.",
            "",
            "The launcher builds the measuring kit beside the sources and runs it; './gleaner"
                    + " content --help' lists its commands."
        },
        footer = {"", "Examples:", "  gleaner content folds --set wcxb"})
public final class ContentCommand extends KitCommand {}
