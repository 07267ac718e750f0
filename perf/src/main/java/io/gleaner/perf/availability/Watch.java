package io.gleaner.perf.availability;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.chaos.Audit;
import io.gleaner.perf.chaos.SubmissionStream;
import io.gleaner.perf.chaos.Submitter;
import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.pods.Probes;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Loads and probes a cluster while something is done to it, and audits it afterwards. */
final class Watch {

    private static final int STREAM_URLS = 5;
    private static final String PROBED = "/api/jobs?limit=1";
    private static final Duration STEADY = Duration.ofSeconds(3);
    private static final Duration QUIET_LONGEST = Duration.ofMinutes(5);

    /** What is done to it meanwhile. */
    interface Deed {
        void run() throws IOException, InterruptedException;
    }

    private final Cluster cluster;
    private final DatabaseAddress database;
    private final Site site;
    private final ClusterSettings settings;

    Watch(Cluster cluster, DatabaseAddress database, Site site, ClusterSettings settings) {
        this.cluster = cluster;
        this.database = database;
        this.site = site;
        this.settings = settings;
    }

    Outcome over(Deed deed) throws IOException, InterruptedException {
        var api = new Api(cluster.target());
        var submitter = new Submitter(() -> Optional.of(cluster.target()));
        var acknowledged = new ArrayList<Acknowledged>();
        Acknowledged first = submitter.urls("first", urls(0, 1));
        acknowledged.add(first);
        try (var warmUp = SteadyLoad.begin(cluster.target(), site, first.id(), settings)) {
            Thread.sleep(settings.warmUp());
            warmUp.end();
            acknowledged.addAll(warmUp.acknowledged());
        }
        try (var probes = Probes.everySecond(cluster.target(), PROBED);
                var load = SteadyLoad.begin(cluster.target(), site, first.id(), settings);
                var stream =
                        SubmissionStream.begin(
                                submitter,
                                settings.streamPerSecond(),
                                1,
                                n -> urls(n * STREAM_URLS, STREAM_URLS))) {
            Thread.sleep(STEADY);
            long begin = System.nanoTime();
            deed.run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            Thread.sleep(STEADY);
            var results = load.end();
            List<Acknowledged> streamed = stream.end();
            acknowledged.addAll(load.acknowledged());
            acknowledged.addAll(streamed);
            var audit = new Audit(database, acknowledged, "");
            audit.awaitQuiet(QUIET_LONGEST);
            return new Outcome(
                    seconds,
                    probes.end(),
                    results,
                    load.failures(),
                    submitter.answers(),
                    submitter.broken(),
                    streamed.size(),
                    audit.check(api, cluster.livingWorkers()),
                    cluster.terminations(),
                    cluster.proxy().joined(),
                    cluster.proxy().refused());
        }
    }

    private List<String> urls(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(n -> site.url(n % site.plan().pages()).toString())
                .toList();
    }
}
