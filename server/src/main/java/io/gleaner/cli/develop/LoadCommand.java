package io.gleaner.cli.develop;

import picocli.CommandLine.Command;

/** {@code gleaner load}. */
@Command(
        name = "load",
        description = {
            "Let users arrive in a shape and see how the service bears it.",
            "",
            "The launcher builds the measuring kit beside the sources and runs it; './gleaner load"
                    + " --help' tells the shapes."
        },
        footer = {"", "Examples:", "  gleaner load steady --rate 10 --duration 5m"})
public final class LoadCommand extends KitCommand {}
