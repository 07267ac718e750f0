package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.bench.Api;
import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.chaos.Audit;
import io.gleaner.perf.chaos.LeaseWatch;
import io.gleaner.perf.chaos.Outages;
import io.gleaner.perf.chaos.Presence;
import io.gleaner.perf.chaos.Rescues;
import io.gleaner.perf.pods.Deployment;
import io.gleaner.perf.pods.Endpoints;
import io.gleaner.perf.pods.Grace;
import io.gleaner.perf.pods.PodPlan;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Report;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets an autoscaling policy decide over real workers under a real load, and simulates the same.
 */
public final class DrillBench implements Bench {

    // A worker's pace is set by the pages' latency and not by the CPU: so twice as many workers do
    // twice
    // as much although all share two cores.
    private static final SitePlan PAGES =
            SitePlan.of(1_000_000, 100)
                    .withSize(60_000, 60_000)
                    .withLatency(Duration.ofMillis(100), Duration.ofMillis(300));
    private static final String CONCURRENCY = "2";
    private static final List<String> API =
            List.of("--roles", "api,maintenance", "--allow-private-networks");
    private static final List<String> WORKER =
            List.of(
                    "--roles",
                    "worker",
                    "--allow-private-networks",
                    "--crawl-delay-min",
                    "0s",
                    "--host-slots",
                    "2",
                    "--concurrency",
                    CONCURRENCY);
    private static final List<String> API_FLAGS = List.of("-Xmx256m");
    // What compiler and collector take by themselves is a large part of so small a worker.
    private static final List<String> WORKER_FLAGS =
            List.of("-Xmx96m", "-XX:-UseG1GC", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final Map<String, String> FEW_CONNECTIONS =
            Map.of("GLEANER_DATABASE_CONNECTIONS", "6");
    // As in deploy/k8s: a worker has no preStop, since nothing is sent to it.
    private static final Duration ENDPOINT_DELAY = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(35);
    private static final Duration PROBE_PERIOD = Duration.ofMillis(200);
    private static final int STARTING_MAX = 4;
    private static final int SIMULATIONS = 200;

    /** So many workers with a queue in hand have to be killed. */
    static final int KILLS = 3;

    private static final int MORE_KILLS_MAX = 10;
    private static final Duration MORE_KILLS_LONGEST = Duration.ofMinutes(5);
    private static final Duration QUIET_LONGEST = Duration.ofMinutes(1);

    private final DrillSettings settings;
    private final TrialPlan trial;

    public DrillBench(DrillSettings settings, TrialPlan trial) {
        this.settings = settings;
        this.trial = trial;
    }

    @Override
    public String name() {
        return settings.kill() ? "drill-kill" : "drill";
    }

    @Override
    public Optional<String> page(Report report) {
        return Optional.of(DrillPage.of(report));
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        lab.say("start");
        try (Postgres postgres = lab.postgres();
                Redis redis = lab.redis();
                Site site = lab.site(PAGES)) {
            DatabaseAddress database = postgres.fresh("gleaner_bench");
            var world = new World(lab, database, redis, site);
            try (Service api = world.api();
                    var leases = LeaseWatch.over(database);
                    var workers = new Deployment("worker", world.workers())) {
                return new DrillFindings(settings, world.drill(api, workers, leases))
                        .findings(Shown.settings(lab, settings, shown()));
            }
        }
    }

    private Map<String, String> shown() {
        return Map.of(
                "time",
                "%d times as fast as the machine's".formatted(settings.factor()),
                "site",
                PAGES.toString(),
                "worker",
                WORKER + " " + WORKER_FLAGS);
    }

    /** What a drill takes place in. */
    private final class World {
        private final Lab lab;
        private final DatabaseAddress database;
        private final Redis redis;
        private final Site site;

        World(Lab lab, DatabaseAddress database, Redis redis, Site site) {
            this.lab = lab;
            this.database = database;
            this.redis = redis;
            this.site = site;
        }

        Service api() throws InterruptedException {
            return service(API, API_FLAGS, Map.of("GLEANER_DATABASE_CONNECTIONS", "8"));
        }

        private Service service(
                List<String> arguments, List<String> flags, Map<String, String> more)
                throws InterruptedException {
            var environment = new HashMap<>(more);
            environment.put("GLEANER_REDIS_URL", redis.url());
            environment.put("GLEANER_JFR", "false");
            return lab.service(
                    Optional.of(database.url()), arguments, flags, environment, Optional.empty());
        }

        PodPlan workers() {
            return new PodPlan(
                    pod -> service(WORKER, WORKER_FLAGS, FEW_CONNECTIONS),
                    new Endpoints(),
                    new Grace(settings.real(ENDPOINT_DELAY), Duration.ZERO, settings.real(GRACE)),
                    PROBE_PERIOD);
        }

        Outcome drill(Service service, Deployment workers, LeaseWatch leases)
                throws IOException, InterruptedException {
            var api = new Api(service.target());
            var presence = new Presence(System::nanoTime);
            presence.joined("maintenance");
            int replicas = settings.spec().minReplicas();
            workers.scaleTo(replicas);
            workers.awaitReady();
            lab.say("what a worker can do: %d of them".formatted(replicas));
            var trying =
                    new WorkerTrial(
                            trial,
                            settings.real(settings.around().scrape()),
                            workers,
                            api,
                            n -> site.url(n).toString());
            WorkerFigures worker =
                    trying.run(Math.min(STARTING_MAX, room(replicas)), settings.quiet());
            int tried = trying.acknowledged().size();
            lab.say(worker.toString());
            var miniature = Miniature.of(settings, worker);
            Trace trace =
                    settings.load().times(settings.quiet() * miniature.capacity().itemsPerSecond());
            Killing killing = new Killing(workers, database, leases);
            // CPU is an average since the look before: that comes a whole window earlier.
            Instant began = Instant.now().plus(settings.real(settings.around().scrape()));
            var clock = new FastClock(InstantSource.system(), began, settings.factor());
            var cluster =
                    new DrillCluster(
                            workers,
                            settings.kill() ? killing : workers::scaleTo,
                            replicas,
                            api,
                            settings.around(),
                            miniature.capacity(),
                            clock);
            cluster.scrape();
            cluster.seeQueue();
            lab.say(
                    "%s, %d times as fast: %s"
                            .formatted(
                                    trace,
                                    settings.factor(),
                                    settings.real(Duration.ofSeconds(trace.rates().size()))));
            clock.await(0);
            Course course;
            TraceLoad.Result load;
            List<List<WorkerFigures.Work>> windows;
            try (var watch =
                            WorkWatch.over(
                                    workers,
                                    settings.real(settings.around().scrape()),
                                    worker.coldPages());
                    var sending =
                            TraceLoad.begin(
                                    trace,
                                    settings.factor(),
                                    service.target(),
                                    n -> site.url(tried + n).toString())) {
                course =
                        Course.run(
                                Miniature.of(settings.asPlanted(), worker).spec(),
                                settings.around(),
                                cluster,
                                clock,
                                trace.rates().size(),
                                lab::say);
                load = sending.end();
                windows = watch.end();
            }
            Run real = course.asRun(trace.name(), QueueHistory.read(database, clock, began));
            workers.awaitEnded();
            var acknowledged = new ArrayList<>(trying.acknowledged());
            acknowledged.addAll(load.acknowledged());
            long refused = load.refused();
            var failures = new ArrayList<>(load.failures());
            if (settings.kill()) {
                TraceLoad.Result more =
                        killEnough(
                                killing,
                                service,
                                trace.rates().getFirst() * settings.factor(),
                                acknowledged.size());
                acknowledged.addAll(more.acknowledged());
                refused += more.refused();
                failures.addAll(more.failures());
            }
            lab.say("%d simulations of the same load".formatted(SIMULATIONS));
            WorkerFigures seen = worker.with(windows, cluster.readySeconds());
            Band band = Miniature.of(settings, seen).band(settings, trace, SIMULATIONS);
            lab.say("audit of %d jobs".formatted(acknowledged.size()));
            var audit = new Audit(database, acknowledged, "");
            audit.awaitQuiet(QUIET_LONGEST);
            return new Outcome(
                    seen,
                    miniature.capacity(),
                    real,
                    Conduct.of(
                            real,
                            course.syncs(),
                            miniature.spec(),
                            settings.around().flags(),
                            trace),
                    band,
                    lab.isTaken(),
                    settings.undisturbed(),
                    audit.check(api, living(workers)),
                    load.submissions() + load.reads(),
                    refused,
                    failures,
                    course.rescales(),
                    course.errors(),
                    workers.terminations(),
                    killing.killed(),
                    Rescues.of(leases.deaths(), new Outages(), presence),
                    site.stats().repeated());
        }

        /**
         * A course has few steps down, and at some of them all workers are idle: more are killed
         * under the load of a quiet time, until enough held a queue.
         */
        private TraceLoad.Result killEnough(
                Killing killing, Service api, double perSecond, int first)
                throws InterruptedException {
            int seconds = Math.toIntExact(MORE_KILLS_LONGEST.toSeconds());
            var trace = new Trace("kills", Collections.nCopies(seconds, perSecond));
            try (var sending =
                    TraceLoad.begin(trace, 1, api.target(), n -> site.url(first + n).toString())) {
                for (int n = 0; n < MORE_KILLS_MAX && killing.withQueue() < KILLS; n++) {
                    lab.say("%d of %d killed held a queue".formatted(killing.withQueue(), KILLS));
                    killing.replace();
                }
                sending.stop();
                return sending.end();
            }
        }

        private int room(int replicas) {
            return Math.max(1, settings.bounded().maxReplicas() - replicas);
        }

        private List<String> living(Deployment workers) {
            return workers.pods().stream()
                    .flatMap(pod -> pod.service().stream())
                    .map(Service::worker)
                    .toList();
        }
    }
}
