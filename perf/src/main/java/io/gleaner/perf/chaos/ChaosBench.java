package io.gleaner.perf.chaos;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Kills whatever can be killed while jobs run, and then looks for what is missing or double. */
public final class ChaosBench implements Bench {

    private static final int APIS = 2;
    private static final int WORKERS = 3;
    private static final int HOSTS = 300;
    private static final int STREAM_PAGES_MAX = 100_000;
    private static final double PAGE_SECONDS = 0.3;
    private static final int HOST_SLOTS = 2;
    private static final String CONNECTIONS = "8";
    // Maintenance beside the API, too: then a rescue need not wait until a killed worker is back.
    private static final List<String> API =
            List.of("--roles", "api,maintenance", "--allow-private-networks");

    private final ChaosSettings settings;

    public ChaosBench(ChaosSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "chaos";
    }

    /** What came of it. */
    private record Outcome(
            Audit.Result audit,
            Rescues rescues,
            Map<Blow, Integer> blows,
            List<Outages.Outage> outages,
            int failedStarts,
            Map<Integer, Long> answers,
            long brokenConnections,
            int streamed,
            long pagesAskedTwice,
            int poisonDeaths,
            String poisonFault,
            double secondsOfBlows,
            double seconds) {}

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        var plan =
                SitePlan.of(settings.urls() + STREAM_PAGES_MAX, HOSTS)
                        .withSize(200, 2_000)
                        .withLatency(Duration.ofMillis(100), Duration.ofMillis(500));
        var outages = new Outages();
        try (Postgres postgres = lab.postgres();
                Site site = lab.site(plan)) {
            DatabaseAddress database = postgres.fresh("gleaner_bench");
            try (var leases = LeaseWatch.over(database);
                    var fleet = new Fleet(postgres.control(), outages, leases)) {
                lab.say("start: %d APIs, %d workers".formatted(APIS, WORKERS));
                fleet.add(
                        APIS,
                        () -> service(lab, database, API),
                        WORKERS,
                        () -> service(lab, database, workerArguments()));
                Outcome outcome = chaos(lab, database, site, fleet, leases, outages);
                return findings(lab, outcome);
            }
        }
    }

    private static Service service(Lab lab, DatabaseAddress database, List<String> arguments)
            throws InterruptedException {
        return lab.service(
                Optional.of(database.url()),
                arguments,
                List.of("-Xmx384m"),
                Map.of("GLEANER_DATABASE_CONNECTIONS", CONNECTIONS),
                Optional.empty());
    }

    private List<String> workerArguments() {
        return List.of(
                "--roles",
                "worker,maintenance",
                "--allow-private-networks",
                "--crawl-delay-min",
                "0s",
                "--host-slots",
                String.valueOf(HOST_SLOTS),
                "--attempts",
                "50",
                "--concurrency",
                String.valueOf(concurrency()));
    }

    /**
     * So many fetches at once that one worker alone gets the large job done while the blows fall,
     * and the small ones with it: often the others are being started again, and a worker takes all
     * queues that it can get.
     */
    private int concurrency() {
        double seconds = settings.kills() * settings.pause().toMillis() / 1e3;
        double pagesPerSecond = settings.urls() / seconds + settings.submissionsPerSecond();
        return Math.max(4, (int) Math.ceil(pagesPerSecond * PAGE_SECONDS));
    }

    private Outcome chaos(
            Lab lab,
            DatabaseAddress database,
            Site site,
            Fleet fleet,
            LeaseWatch leases,
            Outages outages)
            throws IOException, InterruptedException {
        var submitter = new Submitter(fleet::api);
        var acknowledged = new ArrayList<Acknowledged>();
        long begin = System.nanoTime();
        acknowledged.add(submitter.urls("large", urls(site, 0, settings.urls())));
        acknowledged.add(
                submitter.crawl(
                        "crawl",
                        """
                        {"crawl":{"url":"%s","limit":%d,"maxDepth":1000,"sitemap":"skip","external":true}}\
                        """
                                .formatted(site.url(0), Math.max(10, settings.urls() / 10))));
        Acknowledged poison = submitter.urls("poison", List.of(site.holdUrl().toString()));
        acknowledged.add(poison);
        int poisonDeaths;
        double secondsOfBlows;
        List<Acknowledged> streamed;
        try (var hunt = PoisonHunt.begin(site, database, fleet);
                var stream =
                        SubmissionStream.begin(
                                submitter,
                                settings.submissionsPerSecond(),
                                settings.seed(),
                                n -> urls(site, settings.urls() + n % STREAM_PAGES_MAX, 1))) {
            blows(lab, fleet);
            secondsOfBlows = (System.nanoTime() - begin) / 1e9;
            lab.say("all are alive again: the jobs must end now");
            streamed = stream.end();
            acknowledged.addAll(streamed);
            new Audit(database, acknowledged, poison.id()).awaitQuiet(settings.longest());
            poisonDeaths = hunt.deaths();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        lab.say("audit of %d jobs".formatted(acknowledged.size()));
        var api = new Api(fleet.api().orElseThrow());
        return new Outcome(
                new Audit(database, acknowledged, poison.id()).check(api, fleet.livingWorkers()),
                Rescues.of(leases.deaths(), outages, fleet.presence()),
                fleet.done(),
                outages.all(),
                fleet.failedStarts(),
                submitter.answers(),
                submitter.broken(),
                streamed.size(),
                site.stats().repeated(),
                poisonDeaths,
                fault(api, poison.id()),
                secondsOfBlows,
                seconds);
    }

    private static List<String> urls(Site site, int from, int count) {
        return IntStream.range(from, from + count).mapToObj(n -> site.url(n).toString()).toList();
    }

    private void blows(Lab lab, Fleet fleet) {
        var random = new Random(settings.seed());
        int n = 0;
        for (Blow blow : Blow.deck(settings.kills(), random)) {
            double pause = -Math.log(1 - random.nextDouble()) * settings.pause().toNanos();
            LockSupport.parkNanos((long) pause);
            lab.say("%d of %d: %s".formatted(++n, settings.kills(), blow));
            fleet.strike(blow, random);
        }
        fleet.settle();
    }

    private static String fault(Api api, String poisonJob) throws IOException {
        JsonNode pages = api.pages(poisonJob, 0).required("pages");
        return pages.isEmpty() ? "none" : pages.get(0).toString();
    }

    private Findings findings(Lab lab, Outcome outcome) {
        Audit.Result audit = outcome.audit();
        Rescues rescues = outcome.rescues();
        long odd =
                outcome.answers().entrySet().stream()
                        .filter(e -> e.getKey() != 200 && e.getKey() != 202 && e.getKey() != 503)
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        boolean poisoned = outcome.poisonFault().contains("worker_lost");
        int blows = outcome.blows().values().stream().mapToInt(Integer::intValue).sum();
        return new Findings(
                Shown.settings(
                        lab,
                        settings,
                        Map.of("arguments of the workers", String.join(" ", workerArguments()))),
                List.of(
                        blowTable(outcome),
                        new Table(
                                "Rescues of killed workers' queues",
                                List.of("", "kills", "p50", "p99", "longest"),
                                rescues.rows()),
                        rescues.table(),
                        outageTable(outcome),
                        counts(outcome)),
                List.of(
                        Verdict.atLeast("blows", blows, settings.kills()),
                        Verdict.none("acknowledged URLs without a page or fault", audit.lost()),
                        Verdict.none("URLs that a job has twice", audit.twice()),
                        Verdict.none("pages that nobody submitted", audit.foreign()),
                        Verdict.none("jobs with a gap in seq", audit.gaps()),
                        Verdict.none(
                                "jobs whose counters differ from their rows", audit.counters()),
                        Verdict.none("jobs that did not end", audit.unfinished()),
                        Verdict.none("jobs stored without an acknowledgement", audit.surplus()),
                        Verdict.none(
                                "faults beside the poison page, but worker_lost", audit.faults()),
                        Verdict.none("tasks or queues left", audit.backlog()),
                        Verdict.none("queues held by no living worker", audit.leases()),
                        Verdict.none("answers over HTTP that differ", audit.overHttp()),
                        Verdict.none("answers to submissions other than 200, 202, 503", odd),
                        Verdict.atMost(
                                "rescue with the database there, s, p99",
                                rescues.quiet().p99Ms() / 1e3,
                                ChaosSettings.RESCUE_SECONDS_MAX),
                        Verdict.atMost(
                                "rescue after the database's return, s, p99",
                                rescues.stormy().p99Ms() / 1e3,
                                ChaosSettings.RESCUE_SECONDS_MAX),
                        Verdict.none("killed workers never relieved", rescues.neverFreed()),
                        Verdict.none(
                                "queues left behind after SIGTERM, database there",
                                rescues.leftByTerm()),
                        Verdict.none("poison pages without worker_lost", poisoned ? 0 : 1)),
                List.of(
                        "Of the blows 40 % are kill -9 of a worker, 25 % of an API, 20 % SIGTERM,"
                                + " 15 % restarts of PostgreSQL (fast, immediate, kill -9 of the"
                                + " postmaster). The poison page's kills come on top.",
                        "A rescue is over when no queue is in the dead worker's name any more, seen"
                                + " by SQL every 50 ms. What counts is the longest time that one"
                                + " other worker lived meanwhile; when the others are struck too,"
                                + " the rest is their restart, and a new one looks for 2 s before"
                                + " it judges. By the clock is in its own line.",
                        "Kills with an outage of the database meanwhile or in the 3 s before are"
                                + " reported apart, from its return on.",
                        "The poison page: " + outcome.poisonFault()),
                outcome);
    }

    private static Table blowTable(Outcome outcome) {
        return new Table(
                "Blows",
                List.of("", "times"),
                java.util.Arrays.stream(Blow.values())
                        .map(
                                blow ->
                                        List.of(
                                                blow.name(),
                                                String.valueOf(
                                                        outcome.blows().getOrDefault(blow, 0))))
                        .toList());
    }

    private static Table outageTable(Outcome outcome) {
        return new Table(
                "Outages of the database",
                List.of("how", "seconds"),
                outcome.outages().stream()
                        .map(o -> List.of(o.how(), Figures.number(o.seconds())))
                        .toList());
    }

    private static Table counts(Outcome outcome) {
        return new Table(
                "What happened",
                List.of("", ""),
                List.of(
                        List.of("pages stored", String.valueOf(outcome.audit().pages())),
                        List.of(
                                "pages that ended as worker_lost: too many workers died with it",
                                String.valueOf(outcome.audit().workersLost())),
                        List.of("small jobs acknowledged", String.valueOf(outcome.streamed())),
                        List.of("answers to submissions", outcome.answers().toString()),
                        List.of(
                                "connections of submissions that broke",
                                String.valueOf(outcome.brokenConnections())),
                        List.of(
                                "pages the site was asked for more than once",
                                String.valueOf(outcome.pagesAskedTwice())),
                        List.of(
                                "workers killed for the poison page",
                                String.valueOf(outcome.poisonDeaths())),
                        List.of(
                                "starts that failed and were repeated",
                                String.valueOf(outcome.failedStarts())),
                        List.of("seconds of blows", Figures.number(outcome.secondsOfBlows())),
                        List.of("seconds in all", Figures.number(outcome.seconds()))));
    }
}
