package io.gleaner.api.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gleaner.api.PlainRules;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.budget.Budget;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.FieldSpec;
import io.gleaner.job.Format;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.SitemapMode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubmitBodyTest {

    private static final Budget SUBMISSIONS = new Budget("submissions", 64 << 20);

    private static final int URLS_MAX = 5;

    private static final String EVERYTHING =
            """
            { "formats": ["markdown", "rawHtml", "text", "chunks", "links", "images", "html", "metadata"],
              "fields": { "price": { "css": ".price", "attribute": "title", "all": true },
                          "name": { "xpath": "//h1" } },
              "onlyMainContent": false, "includeTags": ["main"], "excludeTags": [".ad"],
              "headers": { "Accept-Language": "de" }, "timeout": "2m", "maxAge": "1h",
              "render": "never", "waitFor": 0, "actions": [], "respectRobots": false,
              "priority": 9, "maxConcurrency": null, "webhook": null,
              "crawl": { "url": "https://a.example/?q=1", "limit": 7, "maxDepth": 0,
                         "include": ["^/docs/"], "exclude": ["x$"], "sitemap": "only",
                         "subdomains": true, "external": true, "ignoreQuery": true } }
            """;

    @Test
    void urlsAloneTakeEveryDefault() {
        try (Submission read =
                read("{\"urls\": [\"https://a.example/x\", \"http://b.example\"]}")) {
            assertThat(read.seeds())
                    .extracting(Candidate::url)
                    .containsExactly("https://a.example/x", "http://b.example");
            assertThat(read.spec())
                    .isEqualTo(
                            new JobSpec(
                                    JobKind.URLS,
                                    null,
                                    ContentSpec.standard(),
                                    FetchSpec.standard(),
                                    JobSpec.PRIORITY_DEFAULT));
        }
    }

    @Test
    void everyKeyArrivesInTheSpec() {
        try (Submission read = read(EVERYTHING)) {
            var crawl =
                    new CrawlSpec(
                            URI.create("https://a.example/"),
                            7,
                            0,
                            List.of("^/docs/"),
                            List.of("x$"),
                            SitemapMode.ONLY,
                            true,
                            true,
                            true);
            var content =
                    new ContentSpec(
                            Set.of(Format.values()),
                            Map.of(
                                    "price", new FieldSpec(".price", null, "title", true),
                                    "name", new FieldSpec(null, "//h1", null, false)),
                            false,
                            List.of("main"),
                            List.of(".ad"));
            var fetch =
                    new FetchSpec(
                            Map.of("Accept-Language", "de"),
                            Duration.ofMinutes(2),
                            false,
                            Duration.ofHours(1));
            assertThat(read.spec()).isEqualTo(new JobSpec(JobKind.CRAWL, crawl, content, fetch, 9));
            assertThat(read.seeds())
                    .extracting(Candidate::url)
                    .containsExactly("https://a.example/");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"urls\": [\"https://a.example/\", \"htp://b\"]} | invalid_url | urls[1]",
                "{\"urls\": [\"\"]} | invalid_url | urls[0]",
                "{\"urls\": [1]} | invalid_value | urls[0]",
                "{\"urls\": [null]} | invalid_value | urls[0]",
                "{\"urls\": [[]]} | invalid_value | urls[0]",
                "{\"urls\": []} | invalid_value | urls",
                "{\"urls\": \"https://a.example/\"} | invalid_value | urls",
                "{\"urls\": [\"http://10.0.0.1/\"]} | forbidden_address | urls[0]",
                "{\"crawl\": {\"url\": \"http://10.0.0.1/\"}} | forbidden_address | crawl.url",
                "{\"crawl\": {}} | missing_value | crawl.url",
                "{\"crawl\": {\"url\": 7}} | invalid_value | crawl.url",
                "{\"crawl\": {\"url\": \"mailto:a@b\"}} | invalid_url | crawl.url",
                "{\"crawl\": {\"limit\": 0}} | invalid_value | crawl.limit",
                "{\"crawl\": {\"limit\": 1000001}} | invalid_value | crawl.limit",
                "{\"crawl\": {\"limit\": 99999999999}} | invalid_value | crawl.limit",
                "{\"crawl\": {\"limit\": 1.5}} | invalid_value | crawl.limit",
                "{\"crawl\": {\"limit\": \"5\"}} | invalid_value | crawl.limit",
                "{\"crawl\": {\"maxDepth\": -1}} | invalid_value | crawl.maxDepth",
                "{\"crawl\": {\"include\": [\"ok\", \"(\"]}} | invalid_value | crawl.include[1]",
                "{\"crawl\": {\"exclude\": [\"(\"]}} | invalid_value | crawl.exclude[0]",
                "{\"crawl\": {\"sitemap\": \"all\"}} | invalid_value | crawl.sitemap",
                "{\"crawl\": {\"subdomains\": \"yes\"}} | invalid_value | crawl.subdomains",
                "{\"crawl\": {\"depth\": 1}} | unknown_key | crawl.depth",
                "{\"crawl\": []} | invalid_value | crawl",
                "{\"url\": \"https://a.example/\"} | unknown_key | url",
                "{} | missing_value | urls",
                "{\"urls\": null} | missing_value | urls",
                "{\"urls\":[\"http://a.example\"],\"crawl\":{\"url\":\"http://a.example\"}}"
                        + " | missing_value | urls",
                "[] | invalid_value | the body",
                "\"https://a.example/\" | invalid_value | the body",
                "{\"formats\": [\"pdf\"]} | invalid_value | formats[0]",
                "{\"formats\": [\"markdown\", {\"type\": \"html\"}]} | invalid_value | formats[1]",
                "{\"formats\": \"markdown\"} | invalid_value | formats",
                "{\"fields\": {\"p\": {}}} | invalid_value | fields.p",
                "{\"fields\": {\"p\": {\"css\": \"a\", \"xpath\": \"b\"}}} | invalid_value |"
                        + " fields.p",
                "{\"fields\": {\"p\": {\"css\": \"[[\"}}} | invalid_value | fields.p",
                "{\"fields\": {\"p\": {\"xpath\": \"[[\"}}} | invalid_value | fields.p",
                "{\"fields\": {\"p\": {\"regex\": \"a\"}}} | unknown_key | fields.p.regex",
                "{\"fields\": {\"p\": null}} | invalid_value | fields.p",
                "{\"fields\": {\"p\": {\"css\": \"a\", \"all\": 1}}} | invalid_value |"
                        + " fields.p.all",
                "{\"includeTags\": [\"[[\"]} | invalid_value | includeTags[0]",
                "{\"excludeTags\": [\"a\", \"[[\"]} | invalid_value | excludeTags[1]",
                "{\"crawl\": {\"include\": [\"a\\u0000\"]}} | invalid_value | crawl.include[0]",
                "{\"crawl\": {\"include\": [\"\\ud800\"]}} | invalid_value | crawl.include[0]",
                "{\"excludeTags\": [\"a\\u0000\"]} | invalid_value | excludeTags[0]",
                "{\"fields\": {\"p\\u0000\": {\"css\": \"a\"}}} | invalid_value | fields",
                "{\"fields\": {\" \": {\"css\": \"a\"}}} | invalid_value | fields",
                "{\"headers\": {\"a b\": \"x\"}} | invalid_value | headers.a b",
                "{\"headers\": {\"A\": 1}} | invalid_value | headers.A",
                "{\"headers\": []} | invalid_value | headers",
                "{\"headers\": {\"A\": \"\", \"B\": \"\", \"C\": \"\"}} | invalid_value | headers",
                "{\"timeout\": \"10ms\"} | invalid_value | timeout",
                "{\"timeout\": \"6m\"} | invalid_value | timeout",
                "{\"timeout\": \"soon\"} | invalid_value | timeout",
                "{\"timeout\": {}} | invalid_value | timeout",
                "{\"timeout\": true} | invalid_value | timeout",
                "{\"onlyMainContent\": 0} | invalid_value | onlyMainContent",
                "{\"respectRobots\": \"no\"} | invalid_value | respectRobots",
                "{\"priority\": 0} | invalid_value | priority",
                "{\"priority\": 10} | invalid_value | priority",
                "{\"render\": \"sometimes\"} | invalid_value | render",
                "{\"render\": \"auto\"} | no_browser | render",
                "{\"render\": \"always\"} | no_browser | render",
                "{\"actions\": [{\"type\": \"click\"}]} | invalid_value | actions[0].selector",
                "{\"actions\": [{\"selector\": \"a\"}]} | invalid_value | actions[0].type",
                "{\"actions\": [{\"type\": \"hover\"}]} | invalid_value | actions[0].type",
                "{\"actions\": [{\"type\": \"scrape\", \"key\": \"x\"}]} | unknown_key |"
                        + " actions[0].key",
                "{\"actions\": [{\"type\": \"wait\"}]} | invalid_value | actions[0]",
                "{\"actions\": [{\"type\": \"press\", \"key\": \"F99\"}]} | invalid_value |"
                        + " actions[0]",
                "{\"actions\": [{\"type\": \"pdf\", \"format\": \"png\"}]} | invalid_value |"
                        + " actions[0].format",
                "{\"actions\": [{\"type\": \"pdf\", \"scale\": 3}]} | invalid_value |"
                        + " actions[0].scale",
                "{\"actions\": [{\"type\": \"click\", \"selector\": \"[[\"}]} | invalid_value |"
                        + " actions[0].selector",
                "{\"urls\": [\"https://a.example/\"], \"actions\": [{\"type\": \"scrape\"}]} |"
                        + " invalid_value | actions",
                "{\"urls\": [\"https://a.example/\"], \"pdf\": true} | invalid_value | pdf",
                "{\"pdf\": {\"scale\": 0}} | invalid_value | pdf.scale",
                "{\"pdf\": {\"format\": \"A9\"}} | invalid_value | pdf.format",
                "{\"screenshot\": {\"viewport\": {\"width\": 9000}}} | invalid_value |"
                        + " screenshot.viewport.width",
                "{\"screenshot\": {\"viewport\": {\"width\": 900}}} | invalid_value |"
                        + " screenshot.viewport.height",
                "{\"scroll\": {\"max\": 0}} | invalid_value | scroll.max",
                "{\"urls\": [\"https://a.example/\"], \"mobile\": true} | invalid_value | mobile",
                "{\"language\": \"no language\"} | invalid_value | language",
                "{\"timezone\": \"Mars/Base\"} | invalid_value | timezone",
                "{\"timezone\": \"+02:00\"} | invalid_value | timezone",
                "{\"colorScheme\": \"blue\"} | invalid_value | colorScheme",
                "{\"urls\": [\"https://a.example/\"], \"blockAds\": true} | invalid_value |"
                        + " blockAds",
                "{\"maxAge\": \"169h\"} | invalid_value | maxAge",
                "{\"maxAge\": \"old\"} | invalid_value | maxAge",
                "{\"waitFor\": \"2m\"} | invalid_value | waitFor",
                "{\"maxConcurrency\": 0} | invalid_value | maxConcurrency",
                "{\"delay\": \"2m\"} | invalid_value | delay",
                "{\"proxies\": [\"ftp://p.example:1\"]} | invalid_value | proxies[0]",
                "{\"urls\": [\"https://a.example/\"], \"basicAuth\": {\"username\": \"a\","
                        + " \"password\": \"b\"}} | missing_value | basicAuth.origin",
                "{\"basicAuth\": {\"username\": \"a:b\", \"password\": \"c\"}} | invalid_value |"
                        + " basicAuth.username",
                "{\"urls\": [\"https://a.example/\"], \"formats\": [\"screenshot\"]} |"
                        + " invalid_value | screenshot",
            })
    void whatIsWrongIsRefusedByName(String body, String code, String field) {
        Problem problem = refused(body);

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.members()).containsEntry("field", field).containsKey("accepted");
        assertThat(problem.detail()).contains(field);
        assertThat(problem.status())
                .isEqualTo(ProblemCode.valueOf(code.toUpperCase(Locale.ROOT)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"urls\": [",
                "{\"urls\": [\"https://a.example/\"}",
                "{\"urls\": [\"https://a.example/\"]} {}",
                "{\"urls\": [\"https://a.example/\"], \"urls\": [\"https://b.example/\"]}",
                "{urls: []}",
                "{'urls': []}",
                "{\"urls\": [\"https://a.example/\",]}",
                "{\"timeout\": 1e99999999999999999999999999999999999999999999999999}",
                "// comment\n{}",
                "nonsense"
            })
    void brokenJsonIsRefused(String body) {
        assertThat(refused(body).code()).isEqualTo("malformed_json");
    }

    @Test
    void brokenJsonIsLocated() {
        Problem problem = refused("{\n  \"urls\": [\n    oops\n");

        assertThat(problem.members()).containsEntry("line", 3).containsKey("column");
        assertThat(problem.detail()).startsWith("line 3, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"urls\": [", "{\"priority\": NaN}", "/* comment */ {}"})
    void brokenJsonIsExplainedWithoutTheParsersOwnSettings(String body) {
        assertThat(refused(body).detail()).doesNotContain("REDACTED", "Feature", "(start marker");
    }

    @Test
    void invalidUtf8IsMalformed() {
        byte[] body = "{\"urls\": [\"https://a.example/ÿ\"]}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refused(new ByteArrayInputStream(body)).code()).isEqualTo("malformed_json");
    }

    @Test
    void deepNestingAndLongStringsAreBounded() {
        String deep = "[".repeat(1_000);
        String long64k = "x".repeat(70 << 10);

        assertThat(refused("{\"webhook\": " + deep).code()).isIn("malformed_json", "invalid_value");
        assertThat(refused("{\"urls\": [\"https://a.example/" + long64k + "\"]}").members())
                .containsEntry("field", "urls[0]")
                .containsEntry("accepted", "at most 8192 characters");
        assertThat(refused("{\"urls\": " + deep).code()).isEqualTo("invalid_value");
    }

    @Test
    void oneUrlTooManyIsRefused() {
        String five =
                IntStream.range(0, URLS_MAX)
                        .mapToObj("\"https://a.example/%d\","::formatted)
                        .collect(Collectors.joining());

        try (Submission read = read("{\"urls\": [" + five.substring(0, five.length() - 1) + "]}")) {
            assertThat(read.seeds().count()).isEqualTo(URLS_MAX);
        }
        Problem problem = refused("{\"urls\": [" + five + "\"https://a.example/\"]}");
        assertThat(problem.status()).isEqualTo(413);
        assertThat(problem.code()).isEqualTo("too_many_urls");
    }

    @Test
    void valuesOfHeadersAreNotRepeated() {
        Problem problem = refused("{\"headers\": {\"a b\": \"hunter2\"}}");

        assertThat(new String(problem.json(), StandardCharsets.UTF_8)).doesNotContain("hunter2");
    }

    @Test
    void longValuesAreShortened() {
        Problem problem = refused("{\"timeout\": \"" + "9".repeat(10_000) + "\"}");

        assertThat(problem.json().length).isLessThan(1_500);
    }

    @Property(tries = 300)
    void aBodyCutAnywhereIsRefusedAndNeverCrashes(@ForAll @IntRange(max = 900) int length) {
        String cut =
                EVERYTHING.strip().substring(0, Math.min(length, EVERYTHING.strip().length() - 1));

        assertThat(refused(cut).status()).isBetween(400, 422);
    }

    private static Submission read(String body) {
        return SubmitBody.read(
                stream(body), new PlainRules(), URLS_MAX, SUBMISSIONS, EarlierCrawls.NONE);
    }

    private static Problem refused(String body) {
        return refused(stream(body));
    }

    private static Problem refused(InputStream body) {
        var thrown =
                catchThrowableOfType(
                        ProblemException.class,
                        () ->
                                SubmitBody.read(
                                        body,
                                        new PlainRules(),
                                        URLS_MAX,
                                        SUBMISSIONS,
                                        EarlierCrawls.NONE));
        assertThat(thrown).isNotNull();
        return thrown.problem();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
