package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.RecordedRequest;
import io.gleaner.testing.RobotsMode;
import io.gleaner.testing.TestSite;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What robots.txt allows and what a crawl finds, through the whole service. */
class CrawlOutcomesIT {

    private static final AtomicInteger SITES = new AtomicInteger();

    private static final String OPEN = "/about.html";
    private static final String CLOSED = "/private/x";
    private static final String UNREACHABLE = "ROBOTS_UNREACHABLE (r)";
    private static final String DISALLOWED = "ROBOTS_DISALLOWED";
    private static final RobotsMode TOO_SLOW = RobotsMode.crawlDelay(Duration.ofSeconds(61));

    /** What the two paths come to under a robots.txt. */
    record Expected(String documented, RobotsMode mode, String open, String closed) {}

    private static final List<Expected> ROBOTS =
            List.of(
                    new Expected("MISSING", RobotsMode.MISSING, "page", "page"),
                    new Expected("ERROR_500", RobotsMode.ERROR_500, UNREACHABLE, UNREACHABLE),
                    new Expected("RESET", RobotsMode.RESET, UNREACHABLE, UNREACHABLE),
                    new Expected("SLOW", RobotsMode.SLOW, UNREACHABLE, UNREACHABLE),
                    new Expected("REDIRECT_LOOP", RobotsMode.REDIRECT_LOOP, "page", "page"),
                    new Expected("REDIRECTING", RobotsMode.REDIRECTING, "page", DISALLOWED),
                    new Expected("HUGE", RobotsMode.HUGE, "page", DISALLOWED),
                    new Expected("ENDLESS", RobotsMode.ENDLESS, "page", "page"),
                    new Expected("HTML", RobotsMode.HTML, "page", "page"),
                    new Expected("DENY_ALL", RobotsMode.DENY_ALL, DISALLOWED, DISALLOWED),
                    new Expected("DENY_PRIVATE", RobotsMode.DENY_PRIVATE, "page", DISALLOWED),
                    new Expected("ALLOW_ALL", RobotsMode.ALLOW_ALL, "page", "page"),
                    new Expected("WITH_SITEMAP", RobotsMode.WITH_SITEMAP, "page", "page"),
                    new Expected(
                            "crawlDelay(duration)",
                            RobotsMode.crawlDelay(Duration.ofMillis(10)),
                            "page",
                            "page"),
                    new Expected(
                            "crawlDelay(duration)",
                            TOO_SLOW,
                            "CRAWL_DELAY_TOO_LONG",
                            "CRAWL_DELAY_TOO_LONG"));

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.patient();
    }

    @AfterAll
    static void close() {
        service.close();
    }

    /** On an address of its own: the service remembers the robots.txt of an origin for a day. */
    private static TestSite site() {
        return TestSite.start("127.0.8." + SITES.incrementAndGet());
    }

    @Test
    void everyRobotsTxtComesToItsOutcome() throws Exception {
        Map<Expected, TestSite> sites = new LinkedHashMap<>();
        ROBOTS.forEach(row -> sites.put(row, site().robots(row.mode())));
        Map<String, JsonNode> results = new LinkedHashMap<>();
        try (RunningService hurried = RunningService.hurried()) {
            String slow = hurried.submit(urls(sites, row -> row.mode().equals(RobotsMode.SLOW)));
            String others = service.submit(urls(sites, row -> !row.mode().equals(RobotsMode.SLOW)));
            results.putAll(hurried.results(slow));
            results.putAll(service.results(others));
        }

        Map<String, String> came = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        sites.forEach(
                (row, site) -> {
                    expected.put(row.mode() + " " + OPEN, row.open());
                    expected.put(row.mode() + " " + CLOSED, row.closed());
                    came.put(row.mode() + " " + OPEN, outcome(results, site, OPEN));
                    came.put(row.mode() + " " + CLOSED, outcome(results, site, CLOSED));
                });
        assertThat(came).isEqualTo(expected);
        sites.forEach(
                (row, site) -> {
                    if (!row.open().equals("page")) {
                        assertThat(site.requests(OPEN)).as(row.documented()).isZero();
                    }
                    if (!row.closed().equals("page")) {
                        assertThat(site.requests(CLOSED)).as(row.documented()).isZero();
                    }
                });
        sites.values().forEach(TestSite::close);
    }

    @Test
    void documentationAndThisTableSayTheSameOfRobots() throws Exception {
        Map<String, Set<String>> tested = new TreeMap<>();
        for (Expected row : ROBOTS) {
            Set<String> outcomes = tested.computeIfAbsent(row.documented(), _ -> new TreeSet<>());
            outcomes.add(row.open());
            outcomes.add(row.closed());
        }
        assertThat(DocumentedOutcomes.ofRobots()).isEqualTo(tested);
    }

    @Test
    void crawlDelayIsKept() throws Exception {
        try (TestSite site = site()) {
            site.robots(RobotsMode.crawlDelay(Duration.ofMillis(700)));
            String job =
                    service.submit(
                            Map.of(
                                    "urls",
                                    List.of(
                                            site.url("/status/404?1").toString(),
                                            site.url("/about.html").toString(),
                                            site.url("/arrived").toString())));
            assertThat(service.results(job)).hasSize(3);
            List<Instant> arrivals =
                    site.log().stream()
                            .filter(request -> !request.path().equals("/robots.txt"))
                            .map(RecordedRequest::arrivedAt)
                            .toList();
            assertThat(arrivals).hasSize(3);
            // Two delays, less what the first may have been late on a busy machine.
            assertThat(Duration.between(arrivals.getFirst(), arrivals.getLast()))
                    .isGreaterThan(Duration.ofMillis(800));
        }
    }

    @Test
    void graphIsFetchedWholeAndEachPageOnce() throws Exception {
        try (TestSite site = site()) {
            Set<String> found = crawl(site, "/graph/40/0", "skip", 40);
            assertThat(found).hasSize(40);
            assertThat(found).allMatch(path -> site.requests(path) == 1);
        }
    }

    @Test
    void linksFollowTheBaseOfThePage() throws Exception {
        try (TestSite site = site()) {
            assertThat(crawl(site, "/base-href", "skip", 1))
                    .contains("/base-href", "/base/elsewhere/page.html", "/about.html")
                    .doesNotContain("/page.html");
        }
    }

    @Test
    void sitemapOfRobotsTxtIsReadWithTheSeed() throws Exception {
        try (TestSite site = site()) {
            site.robots(RobotsMode.WITH_SITEMAP);
            assertThat(crawl(site, "/arrived", "include", 1))
                    .containsExactlyInAnyOrder(
                            "/arrived",
                            "/about.html",
                            "/only-in-sitemap/a1",
                            "/only-in-sitemap/a2",
                            "/only-in-sitemap/z1",
                            "/only-in-sitemap/z2");
        }
    }

    @Test
    void sitemapIsLookedForWhereOneUsuallyIs() throws Exception {
        try (TestSite site = site()) {
            assertThat(crawl(site, "/arrived", "include", 1))
                    .contains("/only-in-sitemap/a1", "/only-in-sitemap/a2")
                    .doesNotContain("/only-in-sitemap/z1");
        }
    }

    @Test
    void sitemapThatCannotBeReadSpoilsNothing() throws Exception {
        try (TestSite site = site()) {
            site.robots(
                    RobotsMode.text(
                            "hostile sitemaps",
                            "User-agent: *\nAllow: /\nSitemap: %s\nSitemap: %s\n"
                                    .formatted(
                                            site.url("/sitemap-broken.xml"),
                                            site.url("/sitemap-bomb.xml.gz"))));
            assertThat(crawl(site, "/arrived", "include", 1)).containsExactly("/arrived");
            assertThat(site.requests("/sitemap-broken.xml")).isEqualTo(1);
            assertThat(site.requests("/sitemap-bomb.xml.gz")).isEqualTo(1);
        }
    }

    /** The paths of the pages; there is no fault among them. */
    private static Set<String> crawl(TestSite site, String seed, String sitemap, int maxDepth)
            throws Exception {
        var crawl =
                Map.of("url", site.url(seed).toString(), "sitemap", sitemap, "maxDepth", maxDepth);
        Map<String, JsonNode> results = service.results(service.submit(Map.of("crawl", crawl)));
        assertThat(results.values())
                .allMatch(page -> DocumentedOutcomes.outcome(page).equals("page"));
        return results.keySet().stream()
                .map(url -> URI.create(url).getPath())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, ?> urls(Map<Expected, TestSite> sites, Predicate<Expected> which) {
        List<String> urls = new ArrayList<>();
        sites.forEach(
                (row, site) -> {
                    if (which.test(row)) {
                        urls.add(site.url(OPEN).toString());
                        urls.add(site.url(CLOSED).toString());
                    }
                });
        return Map.of("urls", urls);
    }

    private static String outcome(Map<String, JsonNode> results, TestSite site, String path) {
        return DocumentedOutcomes.outcome(requireNonNull(results.get(site.url(path).toString())));
    }
}
