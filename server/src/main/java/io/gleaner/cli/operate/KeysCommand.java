package io.gleaner.cli.operate;

import io.gleaner.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code gleaner keys}: who may use the API. */
@Command(
        name = "keys",
        synopsisSubcommandLabel = "create|list|revoke",
        description = {
            "Make, list and revoke the keys of the API.",
            "",
            "Without keys a server listens on this machine only and asks nobody for one. As soon as"
                    + " there was one, every request needs one: 'Authorization: Bearer KEY'; also"
                    + " when the last is revoked, unless 'gleaner serve' is told --open."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner keys create shop --per-minute 600",
            "  gleaner keys list",
            "  gleaner keys revoke 3"
        })
public final class KeysCommand extends CommandGroup {}
