package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.testing.Patience;
import io.gleaner.testing.TestSite;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The depth of a page is the fewest links that lead to it, in whatever order pages come. */
class FewestLinksIT {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.patient();
    }

    @AfterAll
    static void close() {
        service.close();
    }

    /**
     * The long way: start, 1, 2, goal, on, and there it ends at depth 4. The short way, by a page
     * that comes last, makes room for one more.
     */
    @Test
    void longWayThatIsFoundFirstCostsNoPage() throws Exception {
        try (TestSite site = TestSite.start("127.0.26.1")) {
            var shortcut = new CountDownLatch(1);
            page(site, "/start", "/1", "/short");
            page(site, "/1", "/2");
            page(site, "/2", "/goal");
            page(site, "/goal", "/on", "/2");
            page(site, "/on", "/last");
            page(site, "/last", "/beyond");
            page(site, "/beyond");
            site.route(
                    "/short",
                    (_, out) -> {
                        shortcut.await();
                        out.html(html("/short", "/goal"));
                    });
            String job =
                    service.submit(
                            Map.of(
                                    "crawl",
                                    Map.of(
                                            "url",
                                            site.url("/start").toString(),
                                            "sitemap",
                                            "skip",
                                            "maxDepth",
                                            4)));
            await().atMost(Patience.LONG).until(() -> service.get(job).path("done").asInt() == 5);
            assertThat(service.get(job).path("pending").asInt()).isEqualTo(1);
            shortcut.countDown();

            Map<String, JsonNode> results = service.results(job);

            assertThat(results).hasSize(7).containsKey(site.url("/last").toString());
            assertThat(depth(results, site, "/short")).isEqualTo(1);
            JsonNode pages = service.get(job + "/pages").path("pages");
            Map<String, Integer> depths = new TreeMap<>();
            pages.forEach(
                    page ->
                            depths.put(
                                    page.path("url")
                                            .asString()
                                            .replace(site.url("").toString(), ""),
                                    page.path("depth").asInt()));
            assertThat(depths)
                    .isEqualTo(
                            Map.of(
                                    "/start", 0, "/1", 1, "/short", 1, "/2", 2, "/goal", 2, "/on",
                                    3, "/last", 4));
        }
    }

    private static int depth(Map<String, JsonNode> results, TestSite site, String path) {
        return requireNonNull(results.get(site.url(path).toString())).path("depth").asInt();
    }

    private static void page(TestSite site, String path, String... links) {
        site.route(path, (_, out) -> out.html(html(path, links)));
    }

    private static String html(String path, String... links) {
        var list = new StringBuilder();
        for (String link : links) {
            list.append("<a href='%s'>x</a>".formatted(link));
        }
        return "<html><head><title>%s</title></head><body><main><p>This is %s.</p></main>%s</body></html>"
                .formatted(path, path, list);
    }
}
