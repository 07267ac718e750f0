package io.gleaner.perf.availability;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.process.Build;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Upgrades every process under load to a version that brings a migration, and back: old and new
 * work side by side on one database, and nobody notices.
 */
public final class UpgradeBench implements Bench {

    private static final String PLANTED = "this version with two planted migrations";

    private final UpgradeSettings settings;

    public UpgradeBench(UpgradeSettings settings) {
        this.settings = settings;
    }

    /**
     * @param before version of the schema under the old program alone
     * @param after under the new one
     */
    private record Versions(int before, int after) {}

    private record Raw(Outcome outcome, Versions versions) {}

    @Override
    public String name() {
        return "upgrade";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        ServerProgram here = lab.program().withoutAot();
        ServerProgram old = here;
        String oldName = "this version";
        if (!settings.from().isEmpty()) {
            oldName = Build.commit(settings.from());
            lab.say("build %s".formatted(oldName));
            old = here.withJar(Build.jar(oldName));
        }
        try (Postgres postgres = lab.postgres();
                Redis redis = lab.redis();
                Site site = lab.site(RollingBench.SITE)) {
            DatabaseAddress database = postgres.fresh("gleaner_bench");
            try (var cluster = new Cluster(lab, settings.cluster(), database, redis, old)) {
                lab.say("start of %d processes".formatted(cluster.processes()));
                cluster.start();
                int before = PlantedMigration.version(database);
                ServerProgram next =
                        settings.from().isEmpty()
                                ? PlantedMigration.next(here, database, lab.folder("planted"))
                                : here;
                ServerProgram first = old;
                Outcome outcome =
                        new Watch(cluster, database, site, settings.cluster())
                                .over(() -> upgradeAndBack(lab, cluster, first, next));
                var versions = new Versions(before, PlantedMigration.version(database));
                return findings(lab, cluster, oldName, new Raw(outcome, versions));
            }
        }
    }

    private void upgradeAndBack(Lab lab, Cluster cluster, ServerProgram old, ServerProgram next)
            throws InterruptedException {
        lab.say("upgrade of all processes, the APIs first");
        cluster.rollOut(next);
        lab.say("back to the old version, on the new schema");
        cluster.rollOut(old);
    }

    private Findings findings(Lab lab, Cluster cluster, String oldName, Raw raw) {
        Outcome outcome = raw.outcome();
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(
                Verdict.atLeast(
                        "migrations between old and new",
                        raw.versions().after() - raw.versions().before(),
                        1));
        verdicts.addAll(outcome.verdicts(2 * cluster.processes()));
        var notes = new ArrayList<>(RollingBench.notes(outcome));
        notes.add(
                "Old is %s, on schema version %d; new is %s, on %d. All processes go from old to"
                                .formatted(
                                        oldName,
                                        raw.versions().before(),
                                        settings.from().isEmpty() ? PLANTED : "this version",
                                        raw.versions().after())
                        + " new one by one, and back again, so old processes also start on the new"
                        + " schema.");
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                outcome.tables(),
                verdicts,
                List.copyOf(notes),
                raw);
    }
}
