package io.gleaner.cli.develop;

import picocli.CommandLine.Command;

/** {@code gleaner bench}. */
@Command(
        name = "bench",
        description = {
            "Measure the service from outside and write reports.",
            "",
            "The launcher builds the measuring kit beside the sources and runs it; './gleaner bench"
                    + " --help' lists the benches."
        },
        footer = {"", "Examples:", "  gleaner bench crawl --pages 2000"})
public final class BenchCommand extends KitCommand {}
