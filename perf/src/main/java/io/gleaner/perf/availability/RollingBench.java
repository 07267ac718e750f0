package io.gleaner.perf.availability;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Restarts every process in turn under load, as a rolling restart of a cluster does, and scales up
 * and down once.
 */
public final class RollingBench implements Bench {

    /** Pages that take a moment, so that every worker has some in hand when it is stopped. */
    static final SitePlan SITE =
            SitePlan.of(20_000, 20).withLatency(Duration.ofMillis(50), Duration.ofMillis(250));

    private static final int SCALED_DOWN = 2;

    private final RollingSettings settings;

    public RollingBench(RollingSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "rolling";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        try (Postgres postgres = lab.postgres();
                Redis redis = lab.redis();
                Site site = lab.site(SITE)) {
            DatabaseAddress database = postgres.fresh("gleaner_bench");
            try (var cluster =
                    new Cluster(lab, settings.cluster(), database, redis, lab.program())) {
                lab.say("start of %d processes".formatted(cluster.processes()));
                cluster.start();
                Outcome outcome =
                        new Watch(cluster, database, site, settings.cluster())
                                .over(() -> restart(lab, cluster));
                return findings(lab, cluster, outcome);
            }
        }
    }

    private void restart(Lab lab, Cluster cluster) throws InterruptedException {
        for (int round = 1; round <= settings.restarts(); round++) {
            lab.say("restart %d of %d of all processes".formatted(round, settings.restarts()));
            cluster.restart();
        }
        lab.say("an API and a worker more, and down again");
        cluster.scaleUpAndDown();
    }

    private Findings findings(Lab lab, Cluster cluster, Outcome outcome) {
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                outcome.tables(),
                outcome.verdicts(settings.restarts() * cluster.processes() + SCALED_DOWN),
                notes(outcome),
                outcome);
    }

    static List<String> notes(Outcome outcome) {
        return List.of(
                "The proxy gives each new connection to the next ready pod and learns of every"
                        + " change late, by the delay above. It tries nothing again, nor does the"
                        + " load. A new pod is ready before an old one is told to end (maxSurge 1,"
                        + " maxUnavailable 0).",
                "All took %.0f s; the proxy made %,d connections. Load and processes share one"
                                .formatted(outcome.seconds(), outcome.joined())
                        + " machine, so times are longer than in a cluster.");
    }
}
