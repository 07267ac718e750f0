package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.job.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies as no client sends them, made of the options there are: each is taken or refused. */
final class FirecrawlFuzzIT {

    private static final int BODIES = 5_000;
    private static final int AT_ONCE = 64;
    private static final long SEED = 22;

    private static final Map<String, Object> SCRAPE =
            options(
                    "formats",
                    List.of("markdown", "links", Map.of("type", "html")),
                    "headers",
                    Map.of("Accept-Language", "de"),
                    "includeTags",
                    List.of("main"),
                    "excludeTags",
                    List.of(".ad"),
                    "onlyMainContent",
                    true,
                    "timeout",
                    1_000,
                    "waitFor",
                    0,
                    "mobile",
                    false,
                    "actions",
                    List.of(Map.of("type", "wait", "milliseconds", 5)),
                    "skipTlsVerification",
                    true,
                    "removeBase64Images",
                    true,
                    "blockAds",
                    true,
                    "maxAge",
                    1_000,
                    "storeInCache",
                    true,
                    "location",
                    Map.of("country", "DE", "languages", List.of("de")),
                    "proxy",
                    "auto",
                    "parsers",
                    List.of(Map.of("type", "pdf", "maxPages", 3)),
                    "origin",
                    "fuzz",
                    "integration",
                    "fuzz");
    private static final Map<String, Object> CRAWL =
            options(
                    "url",
                    "https://a.example/docs",
                    "includePaths",
                    List.of("^/docs/"),
                    "excludePaths",
                    List.of("x$"),
                    "maxDiscoveryDepth",
                    3,
                    "limit",
                    10,
                    "crawlEntireDomain",
                    true,
                    "allowExternalLinks",
                    false,
                    "allowSubdomains",
                    false,
                    "ignoreRobotsTxt",
                    false,
                    "sitemap",
                    "skip",
                    "deduplicateSimilarURLs",
                    true,
                    "ignoreQueryParameters",
                    true,
                    "regexOnFullURL",
                    false,
                    "delay",
                    1,
                    "webhook",
                    "https://hook.example/",
                    "maxConcurrency",
                    3,
                    "scrapeOptions",
                    SCRAPE);
    private static final Map<String, Object> MAP =
            options(
                    "url",
                    "https://a.example/",
                    "search",
                    "docs",
                    "sitemap",
                    "include",
                    "includeSubdomains",
                    true,
                    "ignoreQueryParameters",
                    true,
                    "limit",
                    10,
                    "timeout",
                    1_000,
                    "location",
                    Map.of("country", "DE"));

    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture(ApiFixture.CONFIG);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private record Call(String path, String body) {}

    @Test
    void everyBodyIsTakenOrRefusedAndARefusedOneStoresNothing() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        var turns = new Semaphore(AT_ONCE);
        var random = new Random(SEED);
        for (int i = 0; i < BODIES; i++) {
            Call call = call(random);
            calls.add(
                    () -> {
                        turns.acquire();
                        try {
                            Answer answer = api.post(call.path(), call.body());
                            assertThat(answer.status())
                                    .as(call + " " + answer.body())
                                    .isIn(200, 400, 403, 408, 413, 422);
                            assertThat(answer.json().path("success").asBoolean())
                                    .as(call.toString())
                                    .isEqualTo(answer.status() == 200);
                            return answer;
                        } finally {
                            turns.release();
                        }
                    });
        }
        int stored = 0;
        int refused = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> done : threads.invokeAll(calls)) {
                Answer answer = done.get();
                boolean map = answer.response().uri().getPath().endsWith("/map");
                boolean taken = answer.status() == 200 || answer.status() == 408;
                stored += taken && !map ? 1 : 0;
                refused += taken ? 0 : 1;
            }
        }

        assertThat(api.jobs.list(Tenant.MAIN, null, null, 2 * BODIES)).hasSize(stored);
        // Else too few of them were wrong, or right, to say anything.
        assertThat(refused).isBetween(BODIES / 4, BODIES * 9 / 10);
        assertThat(stored).isGreaterThan(BODIES / 10);
    }

    private static Call call(Random random) {
        String version = random.nextInt(4) == 0 ? "/v1" : "/v2";
        Map<String, @Nullable Object> body;
        String path;
        switch (random.nextInt(12)) {
            case 0 -> {
                path = "/scrape";
                body = some(SCRAPE, random);
                body.put("timeout", 1_000);
                body.put("url", "https://a.example/");
            }
            case 1, 2, 3 -> {
                path = "/map";
                body = some(MAP, random);
                body.put("url", "https://a.example/");
            }
            case 4, 5, 6, 7 -> {
                path = "/batch/scrape";
                body = some(SCRAPE, random);
                body.put("urls", List.of("https://a.example/1", "nonsense", "https://b.example/"));
                body.put("ignoreInvalidURLs", true);
            }
            default -> {
                path = "/crawl";
                body = some(CRAWL, random);
                body.put("url", "https://a.example/docs");
                if (body.containsKey("scrapeOptions")) {
                    body.put("scrapeOptions", some(SCRAPE, random));
                }
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            mutate(body, random);
        }
        return new Call(version + path, ApiFixture.JSON.writeValueAsString(body));
    }

    private static Map<String, @Nullable Object> some(Map<String, Object> of, Random random) {
        var chosen = new LinkedHashMap<String, @Nullable Object>();
        of.forEach(
                (key, value) -> {
                    if (random.nextInt(3) > 0) {
                        chosen.put(key, value);
                    }
                });
        return chosen;
    }

    @SuppressWarnings("unchecked") // Made by some().
    private static void mutate(Map<String, @Nullable Object> body, Random random) {
        var keys = new ArrayList<>(body.keySet());
        String key = keys.get(random.nextInt(keys.size()));
        if (body.get(key) instanceof LinkedHashMap<?, ?> inner && !inner.isEmpty()) {
            mutate((Map<String, @Nullable Object>) inner, random);
        } else if (random.nextInt(12) == 0) {
            body.put("unknown" + random.nextInt(9), true);
        } else {
            body.put(key, odd(body.get(key), random, 0));
        }
    }

    private static @Nullable Object odd(@Nullable Object value, Random random, int depth) {
        return switch (random.nextInt(14)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> -1;
            case 4 -> Long.MAX_VALUE;
            case 5 -> random.nextDouble();
            case 6 -> "";
            case 7 -> "x".repeat(1 << random.nextInt(17));
            case 8 -> "\u0000\ud800 ((((";
            case 9 -> List.of();
            case 10 -> java.util.Collections.nCopies(random.nextInt(200), value);
            case 11 -> depth < 30 ? List.of(String.valueOf(odd(value, random, depth + 1))) : 1;
            case 12 -> Map.of("type", "json", "schema", Map.of());
            default -> nested(random.nextInt(40));
        };
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (int i = 0; i < depth; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
        }
        return value;
    }

    private static Map<String, Object> options(Object... keysAndValues) {
        var options = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return options;
    }
}
