package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gleaner.api.port.MapQuery;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.site.MapBody;
import io.gleaner.api.submit.ScrapeBody;
import io.gleaner.api.wire.BodyStream;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.budget.Budget;
import io.gleaner.job.JobKind;
import io.gleaner.job.SitemapMode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BodiesTest {

    private static final Budget SUBMISSIONS = new Budget("submissions", 64 << 20);

    private static final UrlRules RULES = new PlainRules();

    @Test
    void aScrapeIsAJobOfOneUrlThatGoesFirst() {
        try (var read =
                ScrapeBody.read(
                        stream("{\"timeout\": 5, \"url\": \"http://a.example/\"}"),
                        RULES,
                        SUBMISSIONS)) {
            assertThat(read.spec().kind()).isEqualTo(JobKind.SCRAPE);
            assertThat(read.spec().priority()).isEqualTo(1);
            assertThat(read.spec().fetch().timeout()).isEqualTo(Duration.ofSeconds(5));
            assertThat(read.seeds().count()).isEqualTo(1);
        }
    }

    @Test
    void aScrapeTakesNoUrlsAndNoCrawl() {
        assertThat(problem(() -> ScrapeBody.read(stream("{}"), RULES, SUBMISSIONS)).code())
                .isEqualTo("missing_value");
        assertThat(
                        problem(() -> ScrapeBody.read(stream("{\"urls\": []}"), RULES, SUBMISSIONS))
                                .code())
                .isEqualTo("unknown_key");
        assertThat(
                        problem(
                                        () ->
                                                ScrapeBody.read(
                                                        stream("{\"url\": \"x\"}"),
                                                        RULES,
                                                        SUBMISSIONS))
                                .code())
                .isEqualTo("invalid_url");
    }

    @Test
    void aMapHasItsOwnKeys() {
        String body =
                """
                {"url": "http://a.example/?q", "sitemap": "skip", "subdomains": true,
                 "ignoreQuery": true, "search": "docs", "limit": 7, "timeout": "1s"}
                """;

        assertThat(MapBody.read(stream(body), RULES))
                .isEqualTo(
                        new MapQuery(
                                URI.create("http://a.example/"),
                                SitemapMode.SKIP,
                                true,
                                true,
                                "docs",
                                7,
                                Duration.ofSeconds(1)));
        assertThat(problem(() -> MapBody.read(stream("{\"formats\": []}"), RULES)).code())
                .isEqualTo("unknown_key");
    }

    @Test
    void aBodyStreamStopsAtItsLimitAndHashesWhatItRead() throws Exception {
        try (var body = new BodyStream(stream("abc"), 3)) {
            assertThat(body.read()).isEqualTo('a');
            assertThat(body.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("bc");
            assertThat(body.hash())
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }
        try (var body = new BodyStream(stream("abcd"), 3)) {
            assertThat(problem(body::readAllBytes).status()).isEqualTo(413);
        }
    }

    private static Problem problem(ThrowingCallable call) {
        var thrown = catchThrowableOfType(ProblemException.class, call);
        assertThat(thrown).isNotNull();
        return thrown.problem();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
