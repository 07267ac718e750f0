package io.gleaner.perf.cli;

import io.gleaner.perf.availability.UpgradeBench;
import io.gleaner.perf.availability.UpgradeSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner bench upgrade}. */
@Command(
        name = "upgrade",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Upgrades every process of a small cluster in turn under load, over a migration of the"
                    + " schema, and goes back: whether a request fails or a page is lost.",
            "",
            "The old version is this one, and the new one is this one with a planted migration;"
                    + " --from names an older commit instead, which is built."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench upgrade",
            "  gleaner bench upgrade --from v0.1.0 --pre-stop 5s"
        })
final class UpgradeCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "COMMIT",
            description = "The old version: commit, branch or tag.")
    private String from = "";

    @Mixin private final ClusterOptions cluster = new ClusterOptions();

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    UpgradeCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(new UpgradeBench(new UpgradeSettings(from, cluster.settings())), lab);
    }
}
