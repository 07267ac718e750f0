package io.gleaner.perf.bench;

import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The same pages by one job after the other: fetched each time, or taken from the cache. */
final class CachedPages {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LATENCY_MIN = Duration.ofMillis(50);
    private static final Duration LATENCY_MAX = Duration.ofMillis(150);

    private final Lab lab;
    private final CacheSettings settings;

    CachedPages(Lab lab, CacheSettings settings) {
        this.lab = lab;
        this.settings = settings;
    }

    /**
     * One job.
     *
     * @param requests for pages that reached the site meanwhile
     */
    record Run(double seconds, long fromCache, long failed, long requests) {}

    /**
     * @param first the job that filled the cache
     */
    record Result(Run first, List<Run> cached, List<Run> fetched) {}

    Result measure(Redis redis) throws IOException, InterruptedException {
        lab.say("pages: start");
        var cached = new ArrayList<Run>();
        var fetched = new ArrayList<Run>();
        SitePlan plan =
                SitePlan.of(settings.pages(), settings.hosts())
                        .withLatency(LATENCY_MIN, LATENCY_MAX);
        try (Site site = lab.site(plan);
                Service service =
                        lab.service(
                                List.of("--allow-private-networks", "--crawl-delay-min", "0s"),
                                Map.of("GLEANER_REDIS_URL", redis.url()))) {
            var api = new Api(service.target());
            run(api, site, "0s"); // Warms up everything but the cache of pages.
            Run first = run(api, site, "1h");
            for (int round = 1; round <= settings.rounds(); round++) {
                cached.add(run(api, site, "1h"));
                fetched.add(run(api, site, "0s"));
                lab.say(
                        "pages: round %d: %.2f s from the cache, %.2f s fetched"
                                .formatted(
                                        round,
                                        cached.getLast().seconds(),
                                        fetched.getLast().seconds()));
            }
            return new Result(first, cached, fetched);
        }
    }

    private Run run(Api api, Site site, String maxAge) throws IOException {
        site.reset();
        String urls =
                IntStream.range(0, settings.pages())
                        .mapToObj(page -> "\"" + site.url(page) + "\"")
                        .collect(Collectors.joining(","));
        String id = api.submit("{\"urls\":[%s],\"maxAge\":\"%s\"}".formatted(urls, maxAge));
        JsonNode job = api.awaitEnd(id, LONGEST);
        Duration took =
                Duration.between(
                        Instant.parse(job.required("createdAt").asString()),
                        Instant.parse(job.required("finishedAt").asString()));
        return new Run(
                took.toNanos() / 1e9,
                job.required("fromCache").asLong(),
                job.required("failed").asLong(),
                site.stats().requests());
    }
}
