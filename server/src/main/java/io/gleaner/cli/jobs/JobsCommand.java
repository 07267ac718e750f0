package io.gleaner.cli.jobs;

import io.gleaner.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code gleaner jobs}: the jobs of a running server. */
@Command(
        name = "jobs",
        synopsisSubcommandLabel = "list|show|pages|rerun|export|cancel",
        description =
                "List, show, repeat, export and cancel the jobs of a running server ('gleaner"
                        + " serve').",
        footer = {
            "",
            "Examples:",
            "  gleaner jobs list --state running",
            "  gleaner jobs show 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60",
            "  gleaner jobs export 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60 --format csv --out"
                    + " pages.csv",
            "  gleaner jobs cancel 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60 --server"
                    + " http://10.0.0.5:8080"
        })
public final class JobsCommand extends CommandGroup {}
