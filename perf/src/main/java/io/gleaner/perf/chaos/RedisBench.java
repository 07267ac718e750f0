package io.gleaner.perf.chaos;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.load.OpenLoop;
import io.gleaner.perf.load.Workload;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DelayingProxy;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills, freezes, slows down and fills the Redis of a service under submissions and reads: no
 * request may fail for it or take longer, and it must be used again without a restart.
 */
public final class RedisBench implements Bench {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String UP = "Redis up";
    private static final String UP_METRIC = "gleaner_redis_up";
    private static final double RATIO_MAX = 1.5;
    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int PAGES = 2_000;
    private static final int HOSTS = 20;
    private static final int READ_JOBS = 200;
    private static final int LAST = 100;
    private static final Duration BACK_LONGEST = Duration.ofSeconds(20);
    private static final Duration JOB_LONGEST = Duration.ofMinutes(2);

    private final RedisSettings settings;

    public RedisBench(RedisSettings settings) {
        this.settings = settings;
    }

    /** Load under one trouble, or under none. */
    private record Phase(LoadResult submissions, LoadResult reads) {}

    /**
     * @param backSeconds from the end of a trouble until Redis was used again
     */
    private record Results(
            Map<String, List<Phase>> phases,
            Map<String, List<Double>> backSeconds,
            int jobs,
            long unfinished,
            long faults,
            long fromCache) {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        lab.say("start");
        try (Redis redis = lab.redis();
                DelayingProxy proxy = DelayingProxy.before(redis.port());
                Site site = lab.site(SitePlan.of(PAGES, HOSTS));
                Service service =
                        lab.service(
                                arguments(),
                                Map.of(
                                        "GLEANER_REDIS_URL",
                                        "redis://127.0.0.1:" + proxy.port(),
                                        "GLEANER_STATUS_CACHE_BYTES",
                                        "0"))) {
            return new Run(lab, redis, proxy, site, service).findings();
        }
    }

    private static List<String> arguments() {
        return List.of("--allow-private-networks", "--crawl-delay-min", "0s", "--host-slots", "4");
    }

    /** Submits pages, most of which a job has fetched before. */
    private static final class Submissions implements Workload {
        private final Site site;
        private final AtomicLong next = new AtomicLong();
        private final Queue<String> jobs = new ConcurrentLinkedQueue<>();

        Submissions(Site site) {
            this.site = site;
        }

        @Override
        public byte[] request(long n) {
            int page = (int) (next.getAndIncrement() % PAGES);
            return HttpRequest.post(
                    "/api/jobs", "{\"urls\":[\"%s\"],\"maxAge\":\"1h\"}".formatted(site.url(page)));
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            if (reply.status() != ACCEPTED) {
                return false;
            }
            jobs.add(JSON.readTree(reply.body()).required("id").asString());
            return true;
        }
    }

    /** Reads of ended jobs, each of which asks Redis first. */
    private record Reads(List<byte[]> requests) implements Workload {
        @Override
        public byte[] request(long n) {
            return requests.get((int) (n % requests.size()));
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            return reply.status() == OK;
        }
    }

    private final class Run {
        private final Lab lab;
        private final Redis redis;
        private final DelayingProxy proxy;
        private final Service service;
        private final Api api;
        private final Submissions submissions;
        private final Map<String, List<Phase>> phases = new LinkedHashMap<>();
        private final Map<String, List<Double>> backSeconds = new LinkedHashMap<>();

        Run(Lab lab, Redis redis, DelayingProxy proxy, Site site, Service service) {
            this.lab = lab;
            this.redis = redis;
            this.proxy = proxy;
            this.service = service;
            this.api = new Api(service.target());
            this.submissions = new Submissions(site);
        }

        Findings findings() throws IOException, InterruptedException {
            lab.say("warm-up, " + settings.warmUp());
            run(submissions, settings.submissionsPerSecond(), settings.warmUp());
            List<String> ended = submissions.jobs.stream().limit(READ_JOBS).toList();
            for (String job : ended) {
                api.awaitEnd(job, JOB_LONGEST);
            }
            var reads =
                    new Reads(
                            ended.stream()
                                    .map(id -> HttpRequest.get("/api/jobs/" + id, ""))
                                    .toList());
            run(reads, settings.readsPerSecond(), settings.warmUp());
            for (int round = 1; round <= settings.rounds(); round++) {
                for (RedisTrouble trouble : RedisTrouble.values()) {
                    lab.say("round %d: %s, then %s".formatted(round, UP, trouble));
                    add(UP, load(reads, settings.phase()));
                    trouble(trouble, reads);
                }
            }
            return RedisBench.this.findings(lab, results());
        }

        private void trouble(RedisTrouble trouble, Reads reads)
                throws IOException, InterruptedException {
            trouble.begin(redis, proxy, settings.slow());
            try {
                Duration time =
                        trouble == RedisTrouble.FROZEN ? settings.frozen() : settings.phase();
                add(trouble.name(), load(reads, time));
            } finally {
                trouble.end(redis, proxy);
            }
            backSeconds.computeIfAbsent(trouble.name(), name -> new ArrayList<>()).add(awaitUse());
        }

        private double awaitUse() throws IOException, InterruptedException {
            long begin = System.nanoTime();
            while (api.metrics().getOrDefault(UP_METRIC, 0.0) < 1) {
                if (System.nanoTime() - begin > BACK_LONGEST.toNanos()) {
                    throw new BenchException(
                            "Redis was not used again within %s".formatted(BACK_LONGEST));
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return (System.nanoTime() - begin) / 1e9;
        }

        private void add(String name, Phase phase) {
            phases.computeIfAbsent(name, key -> new ArrayList<>()).add(phase);
            lab.say("  submissions: p99 %.2f ms".formatted(phase.submissions().latency().p99Ms()));
        }

        private Phase load(Reads reads, Duration time) throws IOException, InterruptedException {
            try (var beside = Executors.newSingleThreadExecutor()) {
                Future<LoadResult> read =
                        beside.submit(() -> run(reads, settings.readsPerSecond(), time));
                LoadResult submitted = run(submissions, settings.submissionsPerSecond(), time);
                return new Phase(submitted, read.get());
            } catch (ExecutionException e) {
                throw new BenchException("the reads broke", e);
            }
        }

        private LoadResult run(Workload workload, int rate, Duration time)
                throws IOException, InterruptedException {
            return OpenLoop.at(rate, time).run(service.target(), workload);
        }

        /** Waits for the last jobs, then looks at every one that was acknowledged. */
        private Results results() throws IOException {
            lab.say("audit of %d jobs".formatted(submissions.jobs.size()));
            for (String id :
                    submissions.jobs.stream().skip(submissions.jobs.size() - LAST).toList()) {
                api.awaitEnd(id, JOB_LONGEST);
            }
            Map<String, JsonNode> jobs = api.jobs();
            long unfinished = 0;
            long faults = 0;
            long fromCache = 0;
            for (String id : submissions.jobs) {
                JsonNode job = jobs.get(id);
                if (job == null || !job.required("state").asString().equals("completed")) {
                    unfinished++;
                } else {
                    faults += job.required("failed").asLong();
                    fromCache += job.required("fromCache").asLong();
                }
            }
            return new Results(
                    phases, backSeconds, submissions.jobs.size(), unfinished, faults, fromCache);
        }
    }

    private Findings findings(Lab lab, Results results) {
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(
                Verdict.none(
                        "requests without a right answer",
                        results.phases().values().stream()
                                .flatMap(List::stream)
                                .mapToLong(
                                        phase -> phase.submissions().lost() + phase.reads().lost())
                                .sum()));
        for (RedisTrouble trouble : RedisTrouble.values()) {
            verdicts.add(
                    Verdict.atMost(
                            "p99 of submissions, %s over up".formatted(trouble),
                            p99(results, trouble.name()) / p99(results, UP),
                            RATIO_MAX));
        }
        verdicts.add(Verdict.none("jobs that did not complete", results.unfinished()));
        verdicts.add(Verdict.none("pages that came to a fault", results.faults()));
        return new Findings(
                Shown.settings(
                        lab,
                        settings,
                        Map.of("arguments of the service", String.join(" ", arguments()))),
                List.of(
                        table("Submissions", results, true),
                        table("Reads of ended jobs", results, false),
                        back(results)),
                verdicts,
                List.of(
                        "The service reaches Redis through a proxy of the bench. KILLED is kill -9,"
                            + " FROZEN is SIGSTOP, SLOW adds to each answer, FULL is maxmemory 1.",
                        "Submissions are of one page with a maxAge, reads are of ended jobs with"
                            + " GLEANER_STATUS_CACHE_BYTES=0: both lean on Redis as much as they"
                            + " can. Load begins right after the trouble does.",
                        "%,d jobs were acknowledged, %,d of their pages came from the cache."
                                .formatted(results.jobs(), results.fromCache())),
                results);
    }

    private static double p99(Results results, String name) {
        return Spread.of(
                        results.phases().getOrDefault(name, List.of()),
                        phase -> phase.submissions().latency().p99Ms())
                .median();
    }

    private static Table table(String title, Results results, boolean submissions) {
        var rows = new ArrayList<List<String>>();
        results.phases()
                .forEach(
                        (name, phases) -> {
                            List<LoadResult> loads =
                                    phases.stream()
                                            .map(p -> submissions ? p.submissions() : p.reads())
                                            .toList();
                            rows.add(
                                    List.of(
                                            name,
                                            Spread.of(loads, load -> load.latency().p50Ms()).text(),
                                            Spread.of(loads, load -> load.latency().p99Ms()).text(),
                                            Spread.of(loads, load -> load.latency().maxMs()).text(),
                                            String.valueOf(
                                                    loads.stream()
                                                            .mapToLong(LoadResult::sent)
                                                            .sum()),
                                            String.valueOf(
                                                    loads.stream()
                                                            .mapToLong(LoadResult::lost)
                                                            .sum())));
                        });
        return new Table(
                title,
                List.of("", "p50, ms", "p99, ms", "longest, ms", "sent", "without a right answer"),
                rows);
    }

    private static Table back(Results results) {
        var rows = new ArrayList<List<String>>();
        results.backSeconds()
                .forEach(
                        (name, seconds) ->
                                rows.add(
                                        List.of(
                                                name,
                                                Spread.of(seconds).text(),
                                                Figures.number(seconds.size()))));
        return new Table(
                "From the end of the trouble until Redis was used",
                List.of("after", "seconds", "times"),
                rows);
    }
}
