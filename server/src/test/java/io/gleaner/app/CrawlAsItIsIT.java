package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.TestSite;
import io.gleaner.testing.TrapRoutes;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Crawls of sites that redirect, repeat themselves, ask to be left alone, or have no end. */
class CrawlAsItIsIT {

    private static final AtomicInteger SITES = new AtomicInteger();

    private static final String STORY =
            "A story that is long enough to tell it from others: it has a beginning, and a middle,"
                    + " and then an end, which comes after more than twenty words have been read.";

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.patient();
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private static TestSite site() {
        return TestSite.start("127.0.24." + SITES.incrementAndGet());
    }

    @Test
    void startPageThatLeadsToAnotherHostIsCrawledThere() throws Exception {
        try (TestSite here = site();
                TestSite there = site()) {
            page(there, "/home", "Home", "/home/two");
            page(there, "/home/two", "Two", here.url("/about.html").toString());
            here.route("/", (_, out) -> out.redirect(302, there.url("/home").toString()));

            String job = submit(here, "/", Map.of());
            assertThat(outcomes(job)).isEqualTo(Map.of("/", "page", "/home/two", "page"));
            assertThat(service.get(job).path("home").asString())
                    .isEqualTo(there.url("/home").toString());
        }
    }

    @Test
    void linkThatLeadsOutOfTheCrawlIsNoContentOfIt() throws Exception {
        try (TestSite here = site();
                TestSite there = site()) {
            page(here, "/start", "Start", "/out", "/hidden", "/two");
            page(here, "/two", "Two");
            here.route("/out", (_, out) -> out.redirect(302, there.url("/about.html").toString()));
            here.route("/hidden", (_, out) -> out.redirect(302, "/private/x"));

            String job = submit(here, "/start", Map.of("exclude", List.of("^/private")));
            assertThat(outcomes(job))
                    .isEqualTo(
                            Map.of(
                                    "/start", "page",
                                    "/two", "page",
                                    "/out", "redirected_out",
                                    "/hidden", "redirected_out"));
            assertThat(service.get(job).path("failed").asInt()).isZero();
        }
    }

    @Test
    void targetThatIsKnownIsNotFetchedAgain() throws Exception {
        try (TestSite site = site()) {
            page(site, "/start", "Start", "/target", "/alias/1", "/alias/2", "/alias/3");
            page(site, "/target", "Target");
            site.route("/alias/*", (_, out) -> out.redirect(301, "/target"));

            String job = submit(site, "/start", Map.of());
            Map<String, JsonNode> results = service.results(job);
            assertThat(outcomes(results))
                    .isEqualTo(
                            Map.of(
                                    "/start", "page",
                                    "/target", "page",
                                    "/alias/1", "duplicate",
                                    "/alias/2", "duplicate",
                                    "/alias/3", "duplicate"));
            assertThat(site.requests("/target")).isEqualTo(1);
            assertThat(detail(results, site, "/alias/1"))
                    .isEqualTo("it leads to " + site.url("/target"));
        }
    }

    @Test
    void targetThatOnlyRedirectsLeadToIsKeptOnce() throws Exception {
        try (TestSite site = site()) {
            page(site, "/start", "Start", "/alias/1", "/alias/2", "/alias/3", "/alias/4");
            page(site, "/target", "Target", "/target", "/more");
            page(site, "/more", "More");
            site.route("/alias/*", (_, out) -> out.redirect(301, "/target"));

            Map<String, String> outcomes = outcomes(submit(site, "/start", Map.of()));
            assertThat(outcomes.values()).filteredOn("duplicate"::equals).hasSize(3);
            assertThat(outcomes).containsEntry("/more", "page").doesNotContainKey("/target");
        }
    }

    @Test
    void pagesThatSendVisitorsToEachOtherAreNotLost() throws Exception {
        try (TestSite site = site()) {
            page(site, "/start", "Start", "/cookie-wanted", "/cookie-redirect");
            assertThat(outcomes(submit(site, "/start", Map.of())).values())
                    .contains("page", "page");
        }
    }

    @Test
    void onePageIsKeptOnceUnlessAskedOtherwise() throws Exception {
        try (TestSite site = site()) {
            page(site, "/start", "Start", "/a", "/b", "/c", "/short/1", "/short/2");
            site.route("/a", (_, out) -> out.html(html("Story", STORY, "", "/from-a")));
            site.route("/b", (_, out) -> out.html(html("Story", STORY, "", "/from-b")));
            site.route("/c", (_, out) -> out.html(html("Another title", STORY, "")));
            site.route("/short/*", (_, out) -> out.html(html("Short", "Too few to tell.", "")));
            page(site, "/from-a", "From A");
            page(site, "/from-b", "From B");

            Map<String, String> once = outcomes(submit(site, "/start", Map.of()));
            assertThat(List.of(of(once, "/a"), of(once, "/b")))
                    .containsExactlyInAnyOrder("page", "duplicate");
            once.keySet().removeAll(List.of("/a", "/b"));
            assertThat(once).hasSize(6).containsValue("page").doesNotContainValue("duplicate");
            assertThat(outcomes(submit(site, "/start", Map.of("deduplicate", "none"))).values())
                    .hasSize(8)
                    .containsOnly("page");
        }
    }

    @Test
    void canonicalLinkIsBelievedWhenAsked() throws Exception {
        try (TestSite site = site()) {
            page(site, "/start", "Start", "/print", "/story");
            page(site, "/story", "Story");
            site.route(
                    "/print",
                    (_, out) ->
                            out.html(
                                    html(
                                            "Story, to print",
                                            STORY,
                                            "<link rel='canonical' href='/story'>")));

            assertThat(outcomes(submit(site, "/start", Map.of()))).containsEntry("/print", "page");
            assertThat(outcomes(submit(site, "/start", Map.of("deduplicate", "canonical"))))
                    .isEqualTo(Map.of("/start", "page", "/story", "page", "/print", "duplicate"));
        }
    }

    @Test
    void spellingsOfOneUrlAreOnePage() throws Exception {
        try (TestSite site = site()) {
            page(
                    site,
                    "/start",
                    "Start",
                    "/p?b=2&a=1",
                    "/p?a=1&b=2",
                    "/p?a=1&b=2&utm_source=x",
                    "/p;jsessionid=0123456789ABCDEF?a=1&b=2",
                    "/p?a=1&PHPSESSID=0123456789abcdef&b=2",
                    "/dir",
                    "/dir/",
                    "/dir/index.html");
            page(site, "/p", "P");
            page(site, "/dir", "Dir");
            page(site, "/dir/", "Dir");

            assertThat(service.results(submit(site, "/start", Map.of())).keySet())
                    .containsExactlyInAnyOrder(
                            site.url("/start").toString(),
                            site.url("/p?b=2&a=1").toString(),
                            site.url("/dir").toString());
        }
    }

    @Test
    void whatPagesAskOfCrawlersIsHeededUnlessAskedOtherwise() throws Exception {
        try (TestSite site = site()) {
            site.route(
                    "/start",
                    (_, out) ->
                            out.html(
                                    "<title>Start</title><a rel='nofollow' href='/unvouched'>a</a>"
                                            + "<a href='/meta'>b</a><a href='/header'>c</a>"
                                            + "<a href='/closed'>d</a>"));
            site.route(
                    "/meta",
                    (_, out) ->
                            out.html(html("Meta", "x", metaRobots("noindex"), "/behind-noindex")));
            site.route(
                    "/closed",
                    (_, out) -> out.html(html("Closed", "x", metaRobots("nofollow"), "/behind")));
            site.route(
                    "/header",
                    (_, out) ->
                            out.header("X-Robots-Tag", "otherbot: nofollow, noindex")
                                    .header("X-Robots-Tag", "noindex")
                                    .html(html("Header", "x", "")));
            page(site, "/unvouched", "Unvouched");
            page(site, "/behind", "Behind");
            page(site, "/behind-noindex", "Behind noindex");

            assertThat(outcomes(submit(site, "/start", Map.of())))
                    .isEqualTo(
                            Map.of(
                                    "/start", "page",
                                    "/meta", "noindex",
                                    "/behind-noindex", "page",
                                    "/closed", "page",
                                    "/header", "noindex"));
            assertThat(
                            outcomes(
                                    submit(
                                            site,
                                            "/start",
                                            Map.of(
                                                    "respectNofollow",
                                                    false,
                                                    "respectNoindex",
                                                    false))))
                    .hasSize(7)
                    .doesNotContainValue("noindex");
        }
    }

    @Test
    void siteWithoutEndIsCrawledToAnEndWithThePagesThatMatter() throws Exception {
        try (TestSite site = site()) {
            TrapRoutes.addTo(site);
            Map<String, String> outcomes = outcomes(submit(site, "/trap/", Map.of()));
            for (int i = 0; i < 20; i++) {
                assertThat(outcomes).containsEntry("/trap/page/" + i, "page");
            }
            assertThat(outcomes.keySet().stream().filter(path -> path.startsWith("/trap/page")))
                    .hasSize(20);
            assertThat(
                            outcomes.entrySet().stream()
                                    .filter(entry -> entry.getValue().equals("page"))
                                    .map(Map.Entry::getKey)
                                    .filter(path -> path.matches("/trap/(mirror|missing|list).*")))
                    .hasSize(3);
            assertThat(outcomes).hasSizeLessThan(2_500);
        }
    }

    private static String metaRobots(String words) {
        return "<meta name='robots' content='%s'>".formatted(words);
    }

    private static void page(TestSite site, String path, String title, String... links) {
        site.route(path, (_, out) -> out.html(html(title, "This is " + title + ".", "", links)));
    }

    private static String html(String title, String text, String head, String... links) {
        var list = new StringBuilder();
        for (String link : links) {
            list.append("<li><a href=\"")
                    .append(link.replace("&", "&amp;"))
                    .append("\">x</a></li>");
        }
        return "<!doctype html><html><head><title>%s</title>%s</head><body><main><p>%s</p></main><nav><ul>%s</ul></nav></body></html>"
                .formatted(title, head, text, list);
    }

    private static String submit(TestSite site, String start, Map<String, ?> options)
            throws Exception {
        var crawl = new LinkedHashMap<String, Object>(options);
        crawl.put("url", site.url(start).toString());
        crawl.put("sitemap", "skip");
        return service.submit(Map.of("crawl", crawl));
    }

    private static Map<String, String> outcomes(String job) throws Exception {
        return outcomes(service.results(job));
    }

    private static Map<String, String> outcomes(Map<String, JsonNode> results) {
        Map<String, String> outcomes = new TreeMap<>();
        results.forEach(
                (url, page) -> {
                    JsonNode code = page.path("fault").path("code");
                    outcomes.put(
                            URI.create(url).getPath(),
                            code.isMissingNode() ? "page" : code.asString());
                });
        return outcomes;
    }

    private static String of(Map<String, String> outcomes, String path) {
        return requireNonNull(outcomes.get(path));
    }

    private static String detail(Map<String, JsonNode> results, TestSite site, String path) {
        return requireNonNull(results.get(site.url(path).toString()))
                .path("fault")
                .path("detail")
                .asString();
    }
}
