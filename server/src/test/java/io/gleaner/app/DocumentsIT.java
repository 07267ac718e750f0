package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.pdf.PdfFiles;
import io.gleaner.testing.TestSite;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Documents that are no HTML are content of a crawl, and lead on. */
class DocumentsIT {

    @Test
    void pdfAndFeedsAreContentAndLeadOn() throws Exception {
        try (var service = RunningService.patient();
                var site = TestSite.start("127.0.25.1")) {
            site.route(
                    "/start",
                    (_, out) ->
                            out.html(
                                    "<title>S</title><a href=/a.pdf>a</a><a href=/secret.pdf>s</a>"
                                            + "<a href=/bomb.pdf>b</a><a href=/feed>f</a>"));
            pdf(site, "/a.pdf", PdfFiles.report(site.url("/of-pdf").toString()));
            pdf(site, "/secret.pdf", PdfFiles.encrypted());
            pdf(site, "/bomb.pdf", PdfFiles.bomb(64L << 20, false));
            site.route(
                    "/feed",
                    (_, out) ->
                            out.send(
                                    200,
                                    "application/rss+xml",
                                    "<rss><channel><title>N</title><item><title>E</title><link>%s</link></item></channel></rss>"
                                            .formatted(site.url("/of-feed"))
                                            .getBytes(StandardCharsets.UTF_8)));
            site.route("/of-pdf", (_, out) -> out.html("<title>Of the PDF</title><p>One"));
            site.route("/of-feed", (_, out) -> out.html("<title>Of the feed</title><p>Two"));

            String job =
                    service.submit(
                            Map.of(
                                    "crawl",
                                    Map.of("url", site.url("/start").toString(), "sitemap", "skip"),
                                    "formats",
                                    List.of("markdown", "metadata", "rawHtml")));
            Map<String, JsonNode> results = service.results(job);

            JsonNode report = result(results, site, "/a.pdf");
            assertThat(report.path("contentType").asString()).isEqualTo("application/pdf");
            assertThat(report.path("markdown").asString())
                    .startsWith("# Yields of barley\n\nThe harvest was good.")
                    .contains("\n---\n");
            assertThat(report.path("metadata").path("author").asString()).isEqualTo("A. Farmer");
            assertThat(report.path("metadata").path("pageCount").asString()).isEqualTo("2");
            assertThat(report.has("rawHtml")).isFalse();
            assertThat(code(results, site, "/secret.pdf")).isEqualTo("encrypted_document");
            assertThat(code(results, site, "/bomb.pdf")).isEqualTo("extraction_failed");
            assertThat(result(results, site, "/bomb.pdf").toString()).contains("streamMaxBytes");
            assertThat(results)
                    .containsKey(site.url("/of-pdf").toString())
                    .containsKey(site.url("/of-feed").toString());
            assertThat(result(results, site, "/feed").path("markdown").asString())
                    .contains("## [E](" + site.url("/of-feed") + ")");
        }
    }

    private static String code(Map<String, JsonNode> results, TestSite site, String path) {
        return result(results, site, path).path("fault").path("code").asString();
    }

    private static JsonNode result(Map<String, JsonNode> results, TestSite site, String path) {
        return requireNonNull(results.get(site.url(path).toString()));
    }

    private static void pdf(TestSite site, String path, byte[] document) {
        site.route(path, (_, out) -> out.send(200, "application/pdf", document));
    }
}
