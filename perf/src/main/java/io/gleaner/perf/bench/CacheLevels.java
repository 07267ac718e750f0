package io.gleaner.perf.bench;

import io.gleaner.perf.load.ClosedLoop;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Status reads of ended jobs from three processes over one database: one that keeps statuses, one
 * that keeps none and asks Redis, one that asks the database each time.
 */
final class CacheLevels {

    static final String PROCESS = "in the process (L1)";
    static final String REDIS = "Redis (L2)";
    static final String NONE = "none: PostgreSQL";

    private static final Duration JOBS_LONGEST = Duration.ofMinutes(2);
    private static final String COALESCED = "gleaner_cache_coalesced_total{cache=\"job\"}";
    private static final String LOADS = "gleaner_cache_loads_seconds_count{cache=\"job\"}";
    private static final Map<String, String> NOTHING_KEPT =
            Map.of("GLEANER_STATUS_CACHE_BYTES", "0");

    private final Lab lab;
    private final CacheSettings settings;

    CacheLevels(Lab lab, CacheSettings settings) {
        this.lab = lab;
        this.settings = settings;
    }

    /**
     * @param loads of the one cold key that all callers asked for at once
     * @param waited callers that waited for that load
     * @param answers what all callers were told in two seconds
     */
    record Result(
            Map<String, List<LoadResult>> reads, long loads, long waited, LoadResult answers) {}

    Result measure(Redis redis) throws IOException, InterruptedException {
        lab.say("status reads: start");
        Map<String, String> shared = Map.of("GLEANER_REDIS_URL", redis.url());
        var onlyRedis = new LinkedHashMap<>(shared);
        onlyRedis.putAll(NOTHING_KEPT);
        try (Postgres postgres = lab.postgres();
                Site site = lab.site(SitePlan.of(settings.jobs(), settings.hosts()))) {
            DatabaseAddress database = postgres.fresh("gleaner_bench");
            try (Service process = service(database, "api,worker,maintenance", shared);
                    Service second = service(database, "api", onlyRedis);
                    Service none = service(database, "api", NOTHING_KEPT)) {
                List<String> jobs = jobs(site, process);
                Map<String, Service> services = new LinkedHashMap<>();
                services.put(PROCESS, process);
                services.put(REDIS, second);
                services.put(NONE, none);
                Map<String, List<LoadResult>> reads = reads(services, jobs);
                return stampede(site, process, none, reads);
            }
        }
    }

    private Service service(DatabaseAddress database, String roles, Map<String, String> environment)
            throws InterruptedException {
        return lab.service(
                Optional.of(database.url()),
                List.of("--roles", roles, "--allow-private-networks", "--crawl-delay-min", "0s"),
                List.of(),
                environment,
                Optional.empty());
    }

    private List<String> jobs(Site site, Service service) throws IOException {
        var api = new Api(service.target());
        var jobs = new ArrayList<String>();
        for (int n = 0; n < settings.jobs(); n++) {
            jobs.add(api.submit("{\"urls\":[\"%s\"]}".formatted(site.url(n))));
        }
        for (String job : jobs) {
            api.awaitEnd(job, JOBS_LONGEST);
        }
        return jobs;
    }

    private Map<String, List<LoadResult>> reads(Map<String, Service> services, List<String> jobs)
            throws IOException {
        Map<String, List<LoadResult>> results = new LinkedHashMap<>();
        for (Map.Entry<String, Service> one : services.entrySet()) {
            lab.say("status reads: warm-up, " + one.getKey());
            read(one.getValue(), jobs, settings.warmUp());
        }
        for (int round = 1; round <= settings.rounds(); round++) {
            var order = List.copyOf(services.entrySet());
            for (Map.Entry<String, Service> one : round % 2 == 1 ? order : order.reversed()) {
                LoadResult result = read(one.getValue(), jobs, settings.saturation());
                results.computeIfAbsent(one.getKey(), level -> new ArrayList<>()).add(result);
                lab.say(
                        "status reads: round %d, %s: %.0f/s"
                                .formatted(round, one.getKey(), result.acceptedPerSecond()));
            }
        }
        return results;
    }

    private LoadResult read(Service service, List<String> jobs, Duration time) throws IOException {
        return new ClosedLoop(settings.connections(), time)
                .run(service.target(), new StatusWorkload(jobs, false), new AtomicLong());
    }

    /**
     * All callers ask for one ended job that neither this process nor Redis has been asked for yet.
     */
    private Result stampede(
            Site site, Service service, Service other, Map<String, List<LoadResult>> reads)
            throws IOException {
        lab.say("%d callers of one cold key".formatted(settings.callers()));
        var api = new Api(service.target());
        String job = api.submit("{\"urls\":[\"%s\"]}".formatted(site.url(0)));
        new Api(other.target()).awaitEnd(job, JOBS_LONGEST);
        double loads = sample(api, LOADS);
        double coalesced = sample(api, COALESCED);
        LoadResult answers =
                new ClosedLoop(settings.callers(), Duration.ofSeconds(2))
                        .run(
                                service.target(),
                                new StatusWorkload(List.of(job), false),
                                new AtomicLong());
        return new Result(
                reads,
                Math.round(sample(api, LOADS) - loads),
                Math.round(sample(api, COALESCED) - coalesced),
                answers);
    }

    private static double sample(Api api, String name) throws IOException {
        return api.metrics().getOrDefault(name, 0.0);
    }
}
