package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.Route;
import io.gleaner.testing.TestSite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pages that were fetched before, through the whole service. */
final class PageCacheIT {

    private static RunningService service;

    private final AtomicInteger versions = new AtomicInteger();
    private final TestSite site = TestSite.start();

    @BeforeAll
    static void startService() {
        service = RunningService.patient();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void routes() {
        site.route("/plain", page(Map.of()));
        site.route("/tagged", conditional());
        site.route("/no-store", page(Map.of("Cache-Control", "max-age=60, No-Store")));
        site.route("/private", page(Map.of("Cache-Control", "private")));
        site.route("/varies", page(Map.of("Vary", "*")));
    }

    @AfterEach
    void closeSite() {
        site.close();
    }

    private Route page(Map<String, String> headers) {
        return (request, out) -> {
            headers.forEach(out::header);
            out.html("<title>t</title><p>Version %d</p>".formatted(versions.incrementAndGet()));
        };
    }

    private Route conditional() {
        return (request, out) -> {
            out.header("ETag", "\"one\"");
            if ("\"one\"".equals(request.header("If-None-Match"))) {
                out.status(304);
            } else {
                out.html("<p>Version %d</p>".formatted(versions.incrementAndGet()));
            }
        };
    }

    private JsonNode scrape(String path, Map<String, Object> options) throws Exception {
        var body = new HashMap<String, Object>(options);
        body.put("urls", List.of(site.url(path).toString()));
        String job = service.submit(body);
        JsonNode page = service.results(job).values().iterator().next();
        int cached = page.path("cacheState").asString().equals("miss") ? 0 : 1;
        assertThat(service.get(job).path("fromCache").asInt()).isEqualTo(cached);
        return page;
    }

    private static void assertIs(JsonNode page, String state, int version) {
        assertThat(page.path("cacheState").asString()).isEqualTo(state);
        assertThat(page.path("markdown").asString()).contains("Version " + version);
    }

    @Test
    void aJobThatAllowsNoAgeFetchesAndLeavesNothingBehind() throws Exception {
        assertIs(scrape("/plain", Map.of()), "miss", 1);
        assertIs(scrape("/plain", Map.of("maxAge", "1h")), "miss", 2);
        assertIs(scrape("/plain", Map.of()), "miss", 3);
    }

    @Test
    void aPageYoungEnoughIsNotFetchedAgain() throws Exception {
        JsonNode first = scrape("/plain", Map.of("maxAge", "1h"));
        JsonNode second = scrape("/plain", Map.of("maxAge", "1h"));
        assertIs(first, "miss", 1);
        assertIs(second, "hit", 1);
        assertThat(second.path("fetchedAt")).isEqualTo(first.path("fetchedAt"));
        assertThat(site.requests("/plain")).isEqualTo(1);
    }

    @Test
    void oneThatIsTooOldIsAskedForWithItsTag() throws Exception {
        assertIs(scrape("/tagged", Map.of("maxAge", "1h")), "miss", 1);
        JsonNode again = scrape("/tagged", Map.of("maxAge", "1ms"));
        assertIs(again, "revalidated", 1);
        assertThat(site.requests("/tagged")).isEqualTo(2);
        // Said to be unchanged just now, so it is young again.
        JsonNode third = scrape("/tagged", Map.of("maxAge", "1h"));
        assertIs(third, "hit", 1);
        assertThat(third.path("fetchedAt")).isEqualTo(again.path("fetchedAt"));
    }

    @Test
    void whatIsAskedForInAnotherWayIsAnotherPage() throws Exception {
        Map<String, Object> age = Map.of("maxAge", "1h");
        assertIs(scrape("/plain", age), "miss", 1);
        for (Map<String, Object> other :
                List.<Map<String, Object>>of(
                        Map.of("onlyMainContent", false),
                        Map.of("formats", List.of("markdown")),
                        Map.of("excludeTags", List.of(".ad")),
                        Map.of("respectRobots", false),
                        Map.of("headers", Map.of("Accept-Language", "de")),
                        Map.of("fields", Map.of("t", Map.of("css", "title"))))) {
            var both = new HashMap<>(age);
            both.putAll(other);
            assertThat(scrape("/plain", both).path("cacheState").asString())
                    .as(other.toString())
                    .isEqualTo("miss");
            assertThat(scrape("/plain", both).path("cacheState").asString())
                    .as(other.toString())
                    .isEqualTo("hit");
        }
    }

    @Test
    void whatCredentialsBroughtIsForNobodyElseAndNotKept() throws Exception {
        for (String header : List.of("Authorization", "cookie")) {
            Map<String, Object> secret =
                    Map.of("maxAge", "1h", "headers", Map.of(header, "a=secret"));
            assertThat(scrape("/plain", secret).path("cacheState").asString()).isEqualTo("miss");
            assertThat(scrape("/plain", secret).path("cacheState").asString()).isEqualTo("miss");
        }
        assertThat(site.requests("/plain")).isEqualTo(4);
    }

    @Test
    void whatTheHostDoesNotWantKeptIsNotKept() throws Exception {
        for (String path : List.of("/no-store", "/private", "/varies")) {
            scrape(path, Map.of("maxAge", "1h"));
            scrape(path, Map.of("maxAge", "1h"));
            assertThat(site.requests(path)).as(path).isEqualTo(2);
        }
    }

    @Test
    void aCrawlFromTheCacheFindsTheSamePages() throws Exception {
        Map<String, Object> crawl =
                Map.of("crawl", Map.of("url", site.url("/site/12").toString()), "maxAge", "1h");
        String first = service.submit(crawl);
        var fetched = service.results(first).keySet();
        int requests = site.requests("/graph/12/5");
        String second = service.submit(crawl);
        assertThat(service.results(second).keySet()).isEqualTo(fetched);
        assertThat(fetched.size()).isGreaterThan(10);
        assertThat(site.requests("/graph/12/5")).isEqualTo(requests);
        JsonNode status = service.get(second);
        assertThat(status.path("fromCache").asInt())
                .isEqualTo(status.path("done").asInt() - status.path("failed").asInt());
    }
}
