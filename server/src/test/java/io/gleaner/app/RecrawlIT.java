package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.Edition;
import io.gleaner.testing.TestSite;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A crawl that is done again names what has become of its pages. */
class RecrawlIT {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.patient();
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @Test
    void whatIsNewChangedAndGoneIsNamedAndNothingElse() throws Exception {
        try (TestSite site = TestSite.start("127.0.25.1")) {
            Edition book = book(site, 60);
            String first = crawl(site, "/book/index.html", Map.of());
            assertThat(service.results(first)).hasSize(61);
            for (int i = 0; i < 20; i++) {
                chapter(book, i, 60, "This is what chapter %d says by now.".formatted(i));
            }
            IntStream.range(20, 25).forEach(i -> book.remove(i + ".html"));
            IntStream.range(60, 70).forEach(i -> chapter(book, i, 70, text(i)));
            index(book, 70);
            book.count();

            String again = again(first);
            Map<String, JsonNode> results = service.results(again);

            assertThat(named(results, "changed")).isEqualTo(names(0, 20, "index.html"));
            assertThat(named(results, "new")).isEqualTo(names(60, 70));
            assertThat(named(results, "gone")).isEqualTo(names(20, 25));
            assertThat(named(results, "same")).isEqualTo(names(25, 60));
            assertThat(book.sent()).isEqualTo(31);
            assertThat(book.unchanged()).isEqualTo(35);
            JsonNode changes = service.get(again).path("changes");
            assertThat(changes.path("of").asString()).isEqualTo(id(first));
            assertThat(changes.path("new").asInt()).isEqualTo(10);
            assertThat(changes.path("changed").asInt()).isEqualTo(21);
            assertThat(changes.path("same").asInt()).isEqualTo(35);
            assertThat(changes.path("gone").asInt()).isEqualTo(5);
            assertThat(service.get(first).path("changes").isNull()).isTrue();
        }
    }

    @Test
    void changedPageHasADiffAndASameOneItsContent() throws Exception {
        try (TestSite site = TestSite.start("127.0.25.2")) {
            Edition book = book(site, 3);
            String first = crawl(site, "/book/index.html", Map.of());
            Map<String, JsonNode> before = service.results(first);
            chapter(book, 1, 3, "The second edition is another one.");

            Map<String, JsonNode> results = service.results(again(first));

            assertThat(at(results, site, "1.html").path("diff").asString())
                    .startsWith("--- before\n+++ now\n@@ ")
                    .contains("\n-" + text(1) + "\n+The second edition is another one.\n");
            JsonNode same = at(results, site, "2.html");
            assertThat(same.path("cacheState").asString()).isEqualTo("revalidated");
            assertThat(same.path("markdown").asString())
                    .isEqualTo(at(before, site, "2.html").path("markdown").asString())
                    .isNotEmpty();
            assertThat(same.has("diff")).isFalse();
            assertThat(at(before, site, "2.html").has("change")).isFalse();
        }
    }

    @Test
    void pagesAreReadByWhatHasBecomeOfThem() throws Exception {
        try (TestSite site = TestSite.start("127.0.25.3")) {
            Edition book = book(site, 4);
            String first = crawl(site, "/book/index.html", Map.of());
            service.results(first);
            book.remove("3.html");
            String again = again(first);
            service.results(again);

            JsonNode gone = service.get(again + "/pages?change=gone").path("pages");
            assertThat(gone.findValuesAsString("url"))
                    .containsExactly(site.url("/book/3.html").toString());
            assertThat(service.get(again + "/pages?change=same").path("pages")).hasSize(4);
            assertThat(service.get(first + "/pages?change=gone").path("pages")).isEmpty();
            assertThat(service.answer(again + "/pages?change=other").body())
                    .contains("changed", "gone", "new", "same");
        }
    }

    /** Each is compared with the one before, and a page that is back is new. */
    @Test
    void reCrawlIsCrawledAgain() throws Exception {
        try (TestSite site = TestSite.start("127.0.25.4")) {
            Edition book = book(site, 4);
            String first = crawl(site, "/book/index.html", Map.of());
            service.results(first);
            book.remove("3.html");
            String second = again(first);
            service.results(second);
            chapter(book, 3, 4, text(3));

            Map<String, JsonNode> results = service.results(again(second));

            assertThat(named(results, "new")).isEqualTo(names(3, 4));
            assertThat(named(results, "same")).isEqualTo(names(0, 3, "index.html"));
        }
    }

    /** A page that comes without anything to ask by is fetched, and compared by what it says. */
    @Test
    void pageThatOnlyLooksOtherIsTheSame() throws Exception {
        try (TestSite site = TestSite.start("127.0.25.5")) {
            site.route(
                    "/token",
                    (request, out) ->
                            out.html(
                                    "<html><head><title>T</title></head><body><main><p>Always the same.</p></main><input name=token value=%d></body></html>"
                                            .formatted(request.ordinal())));
            String first = crawl(site, "/token", Map.of());
            service.results(first);

            assertThat(service.results(again(first)).values())
                    .extracting(page -> page.path("change").asString())
                    .containsExactly("same");
        }
    }

    @Test
    void pageThatCannotBeReachedNowIsNotGone() throws Exception {
        try (TestSite site = TestSite.start("127.0.25.6")) {
            Edition book = book(site, 2);
            site.route("/book/1.html", (_, out) -> out.html("<p>Here I am.</p>"));
            String first = crawl(site, "/book/index.html", Map.of());
            service.results(first);
            site.route("/book/1.html", (_, out) -> out.status(500));

            Map<String, JsonNode> results = service.results(again(first));

            JsonNode broken = at(results, site, "1.html");
            assertThat(broken.path("fault").path("code").asString()).isEqualTo("http_server_error");
            assertThat(broken.has("change")).isFalse();
            assertThat(book.unchanged()).isEqualTo(2);
        }
    }

    /** The new page is in the sitemap alone; the start page has not changed. */
    @Test
    void newPageOfTheSitemapIsFound() throws Exception {
        try (TestSite site = TestSite.start("127.0.25.7")) {
            Edition book = book(site, 2);
            sitemap(site, "/book/0.html");
            String first = crawl(site, "/book/index.html", Map.of("sitemap", "include"));
            service.results(first);
            chapter(book, 9, 2, text(9));
            sitemap(site, "/book/0.html", "/book/9.html");

            Map<String, JsonNode> results = service.results(again(first));

            assertThat(named(results, "new")).isEqualTo(names(9, 10));
            assertThat(at(results, site, "index.html").path("change").asString()).isEqualTo("same");
        }
    }

    @Test
    void whatCannotBeCrawledAgainIsRefused() throws Exception {
        try (TestSite site = TestSite.start("127.0.25.8")) {
            book(site, 1);
            String list =
                    service.submit(
                            Map.of("urls", List.of(site.url("/book/index.html").toString())));
            service.results(list);
            assertThat(refused(Map.of("recrawl", Map.of("of", id(list)))))
                    .contains("recrawl.of", "a crawl");
            assertThat(
                            refused(
                                    Map.of(
                                            "recrawl",
                                            Map.of("of", "00000000-0000-7000-8000-000000000000"))))
                    .contains("unknown_job");
            String first = crawl(site, "/book/index.html", Map.of());
            service.results(first);
            assertThat(
                            refused(
                                    Map.of(
                                            "recrawl",
                                            Map.of("of", id(first)),
                                            "formats",
                                            List.of("text"))))
                    .contains("formats", "headers, priority and webhook");
            assertThat(refused(Map.of("recrawl", Map.of()))).contains("recrawl.of");
        }
    }

    private static String refused(Map<String, ?> body) throws Exception {
        var answer = service.submission(body);
        assertThat(answer.statusCode()).isBetween(400, 422);
        return answer.body();
    }

    private static void sitemap(TestSite site, String... paths) {
        var urls = new StringBuilder();
        for (String path : paths) {
            urls.append("<url><loc>").append(site.url(path)).append("</loc></url>");
        }
        site.route(
                "/sitemap.xml",
                (_, out) ->
                        out.send(
                                200,
                                "application/xml",
                                ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                                                + urls
                                                + "</urlset>")
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /** An index, and chapters that lead to the next one. */
    private static Edition book(TestSite site, int chapters) {
        var book = new Edition(site, "/book/");
        IntStream.range(0, chapters).forEach(i -> chapter(book, i, chapters, text(i)));
        index(book, chapters);
        return book;
    }

    private static void index(Edition book, int chapters) {
        String[] all =
                IntStream.range(0, chapters).mapToObj(i -> i + ".html").toArray(String[]::new);
        book.put("index.html", "Contents", "A book of %d chapters.".formatted(chapters), all);
    }

    private static void chapter(Edition book, int i, int of, String text) {
        book.put(i + ".html", "Chapter " + i, text, (i + 1) % of + ".html");
    }

    private static String text(int i) {
        return "This is chapter %d, and it says so in a sentence.".formatted(i);
    }

    private static Set<String> names(int from, int to, String... others) {
        var names = new TreeSet<String>(List.of(others));
        IntStream.range(from, to).forEach(i -> names.add(i + ".html"));
        return names;
    }

    private static Set<String> named(Map<String, JsonNode> results, String change) {
        return results.entrySet().stream()
                .filter(entry -> entry.getValue().path("change").asString("").equals(change))
                .map(entry -> URI.create(entry.getKey()).getPath().replace("/book/", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode at(Map<String, JsonNode> results, TestSite site, String name) {
        return requireNonNull(results.get(site.url("/book/" + name).toString()));
    }

    private static String crawl(TestSite site, String start, Map<String, ?> options)
            throws Exception {
        var crawl = new LinkedHashMap<String, Object>();
        crawl.put("sitemap", "skip");
        crawl.putAll(options);
        crawl.put("url", site.url(start).toString());
        return service.submit(Map.of("crawl", crawl));
    }

    private static String again(String job) throws Exception {
        return service.submit(Map.of("recrawl", Map.of("of", id(job))));
    }

    private static String id(String job) {
        return new ArrayList<>(List.of(job.split("/", -1))).getLast();
    }
}
