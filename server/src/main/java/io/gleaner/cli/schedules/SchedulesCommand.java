package io.gleaner.cli.schedules;

import io.gleaner.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code gleaner schedules}: the schedules of a running server. */
@Command(
        name = "schedules",
        synopsisSubcommandLabel = "list|show|create|pause|resume|delete",
        description = "Begin crawls again and again on a running server ('gleaner serve').",
        footer = {
            "",
            "Examples:",
            "  gleaner schedules create docs https://docs.example.com/ --every 6h",
            "  gleaner schedules create docs https://docs.example.com/ --cron '0 3 * * *' --zone"
                    + " Europe/Zurich",
            "  gleaner schedules list",
            "  gleaner schedules pause 3f0c5c1e-52a4-4f6b-9d70-0f0f4b7d8a11"
        })
public final class SchedulesCommand extends CommandGroup {}
