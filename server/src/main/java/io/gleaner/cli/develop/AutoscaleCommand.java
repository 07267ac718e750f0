package io.gleaner.cli.develop;

import picocli.CommandLine.Command;

/** {@code gleaner autoscale}. */
@Command(
        name = "autoscale",
        description = {
            "Simulate and tune autoscaling policies.",
            "",
            "The launcher builds the measuring kit beside the sources and runs it; './gleaner"
                    + " autoscale --help' lists its commands."
        },
        footer = {"", "Examples:", "  gleaner autoscale simulate --load spike"})
public final class AutoscaleCommand extends KitCommand {}
