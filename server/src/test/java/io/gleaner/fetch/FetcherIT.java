package io.gleaner.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.FetchOutcome.Throttled;
import io.gleaner.job.FaultCode;
import io.gleaner.testing.Patience;
import io.gleaner.testing.RawResponse;
import io.gleaner.testing.RecordedRequest;
import io.gleaner.testing.SiteTexts;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of each way in which a host can answer. */
class FetcherIT {

    private static final long BODY_MAX_BYTES = 1 << 20;
    private static final FetchConfig CONFIG =
            FetchConfig.standard().withBodyMaxBytes(BODY_MAX_BYTES, BODY_MAX_BYTES);

    private static TestSite site;
    private static Fetcher fetcher;
    private static Fetcher impatient;

    @BeforeAll
    static void start() {
        site = TestSite.start();
        var guard = new AddressGuard(AddressPolicy.allowing("127.0.0.1/32"));
        fetcher = new Fetcher(CONFIG, guard);
        impatient = new Fetcher(CONFIG.withTimeouts(Patience.LONG, Duration.ofMillis(400)), guard);
    }

    @AfterAll
    static void stop() {
        impatient.close();
        fetcher.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/slow-header, FIRST_BYTE_TIMEOUT",
        "/half-header, FIRST_BYTE_TIMEOUT",
        "/dripping-header, FIRST_BYTE_TIMEOUT",
    })
    void aHostWhoseHeaderIsTooSlowIsLeft(String path, FaultCode code) throws Exception {
        site.route("/dripping-header", FetcherIT::dripHeaders);
        assertThat(impatient.fetch(request(site.url(path), Map.of()), HopGate.open()))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({"/slow-body, TIMEOUT", "/stalled-body, TIMEOUT"})
    void aHostWhoseBodyIsTooSlowIsLeft(String path, FaultCode code) throws Exception {
        assertThat(page(path, Duration.ofMillis(1200)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "/reset-at-once, CONNECTION_RESET",
        "/reset-in-the-middle, CONNECTION_RESET",
        "/closed-at-once, CONNECTION_RESET",
        "/truncated-body, TRUNCATED_BODY",
        "/truncated-gzip, TRUNCATED_BODY",
        "/truncated-chunks, TRUNCATED_BODY",
        "/broken-chunk, PROTOCOL_ERROR",
        "/not-http, PROTOCOL_ERROR",
        "/status/500, HTTP_SERVER_ERROR",
        "/status/502, HTTP_SERVER_ERROR",
        "/status/408, HTTP_CLIENT_ERROR",
        "/status/304, NOT_MODIFIED",
        "/partial, TRUNCATED_BODY",
        "/500-then-ok/1, HTTP_SERVER_ERROR",
    })
    void anAnswerThatMayImproveIsAFailure(String path, FaultCode code) throws Exception {
        assertThat(page(path, Patience.LONG))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "/never-ending, BODY_TOO_LARGE",
        "/gzip-bomb, BODY_TOO_LARGE",
        "/zstd-bomb, BODY_TOO_LARGE",
        "/brotli-bomb, BODY_TOO_LARGE",
        "/body-200mb, BODY_TOO_LARGE",
        "/empty, EMPTY_BODY",
        "/status/204, EMPTY_BODY",
        "/binary-as-html, BINARY_BODY",
        "/type/image, UNSUPPORTED_CONTENT_TYPE",
        "/encoded/unknown, BINARY_BODY",
        "/status/404, HTTP_CLIENT_ERROR",
        "/status/410, HTTP_CLIENT_ERROR",
        "/status/403, HTTP_CLIENT_ERROR",
        "/redirect-loop, REDIRECT_LOOP",
        "/redirect-loop-a, REDIRECT_LOOP",
        "/redirect-chain/30, TOO_MANY_REDIRECTS",
        "/redirect-to-scheme, UNSUPPORTED_SCHEME",
        "/redirect-to-scheme/file, UNSUPPORTED_SCHEME",
        "/redirect-without-location, BAD_REDIRECT",
        "/redirect-to-nonsense, BAD_REDIRECT",
    })
    void anAnswerThatWillNotImproveIsRefused(String path, FaultCode code) throws Exception {
        assertThat(page(path, Patience.LONG))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "/429-seconds, 429, 1",
        "/503-seconds, 503, 1",
        "/429-plain, 429, -1",
        "/status/503, 503, -1",
    })
    void aHostThatAsksForTimeIsThrottled(String path, int status, long seconds) throws Exception {
        Duration expected = seconds < 0 ? null : Duration.ofSeconds(seconds);
        assertThat(page(path, Patience.LONG))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> {
                            assertThat(throttled.status()).isEqualTo(status);
                            assertThat(throttled.retryAfter()).isEqualTo(expected);
                        });
    }

    @Test
    void aRetryAfterDateCountsFromNow() throws Exception {
        assertThat(page("/429-date", Patience.LONG))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled ->
                                assertThat(throttled.retryAfter())
                                        .isBetween(Duration.ZERO, Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 0-7/8, true",
        "bytes 0-7/9, false",
        "bytes 1-7/8, false",
        "bytes 0-7/*, false",
        "items 0-7/8, false",
        "'', false",
    })
    void aPartIsAPageOnlyWhenItIsTheWhole(String range, boolean whole) throws Exception {
        site.route(
                "/range",
                (request, out) -> {
                    if (!range.isEmpty()) {
                        out.header("Content-Range", range);
                    }
                    out.send(206, "text/html", "<p>whole".getBytes(UTF_8));
                });
        assertThat(page("/range", Duration.ofSeconds(5)))
                .isInstanceOf(whole ? Fetched.class : Failed.class);
    }

    @Test
    void whatIsKnownOfAPageSaysNothingOfWhereItLeads() throws Exception {
        site.route("/known", (request, out) -> out.redirect(302, "/tagged"))
                .route(
                        "/tagged",
                        (request, out) -> {
                            if (request.header("If-None-Match").isEmpty()) {
                                out.html("<p>another page");
                            } else {
                                out.status(304);
                            }
                        });
        var request = request(site.url("/known"), Map.of()).unless("\"1\"", null);
        assertThat(fetcher.fetch(request, HopGate.open())).isInstanceOf(Fetched.class);
        var direct = request(site.url("/tagged"), Map.of()).unless("\"1\"", null);
        assertThat(fetcher.fetch(direct, HopGate.open()))
                .isEqualTo(new Refused(FaultCode.NOT_MODIFIED, "status 304", 304));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 421, 429, 500, 503})
    void noStatusMakesUsAskAgainAtOnce(int status) throws Exception {
        String path = "/once/" + status;
        site.route(path, (request, out) -> out.status(status));
        page(path, Patience.LONG);
        assertThat(site.requests(path)).isEqualTo(1);
    }

    @Test
    void retryAfterZeroIsNotTakenAsLeaveToRepeat() throws Exception {
        site.route("/503-zero", (r, out) -> out.header("Retry-After", "0").status(503));
        assertThat(page("/503-zero", Patience.LONG))
                .isEqualTo(new Throttled(503, Duration.ZERO, "status 503 from 127.0.0.1"));
        assertThat(site.requests("/503-zero")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "raw-deflate", "br", "zstd", "identity", "twice"})
    void everyEncodingIsUndone(String encoding) throws Exception {
        assertThat(fetched("/encoded/" + encoding).text()).contains("This page was sent with");
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1251-in-header, windows-1251",
        "windows-1251-in-meta, windows-1251",
        "windows-1251-missing, windows-1251",
        "koi8-r-in-header, KOI8-R",
        "koi8-r-in-meta, KOI8-R",
        "koi8-r-missing, KOI8-R",
        "shift_jis-in-header, windows-31j",
        "shift_jis-in-meta, windows-31j",
        "shift_jis-missing, windows-31j",
        "euc-jp-in-header, EUC-JP",
        "euc-jp-missing, EUC-JP",
        "gb18030-in-header, GB18030",
        "gb18030-in-meta, GB18030",
        "gb18030-missing, GB18030",
        "utf-8-missing, UTF-8",
        "utf-8-bom, UTF-8",
        "utf-16-bom, UTF-16LE",
        "utf-16be-bom, UTF-16BE",
        "unknown, windows-1251",
        "wrong-meta, windows-1251",
    })
    void theTextIsReadInItsCharset(String route, String charset) throws Exception {
        Response response = fetched("/charset/" + route);
        assertThat(response.charset()).isEqualTo(Charset.forName(charset));
        assertThat(response.text().strip()).startsWith("<!doctype html>");
        assertThat(response.text())
                .containsAnyOf(SiteTexts.RUSSIAN, SiteTexts.JAPANESE, SiteTexts.CHINESE);
    }

    @ParameterizedTest
    @CsvSource({
        "/text-plain, text/plain",
        "/json, application/json",
        "/type/xhtml, application/xhtml+xml",
        "/type/pdf, application/pdf",
        "/no-content-type, text/html",
        "/arrived, text/html",
    })
    void theTypeIsTheHeadersOrSniffed(String path, String type) throws Exception {
        assertThat(fetched(path).mediaType()).isEqualTo(type);
    }

    @Test
    void aRefusedTypeIsNamed() throws Exception {
        assertThat(page("/type/image", Patience.LONG))
                .isEqualTo(new Refused(FaultCode.UNSUPPORTED_CONTENT_TYPE, "image/png", 200));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void everyRedirectStatusIsFollowed(int status) throws Exception {
        Response response = fetched("/redirect-status/" + status);
        assertThat(response.url()).isEqualTo(site.url("/arrived"));
        assertThat(response.redirects()).containsExactly(site.url("/redirect-status/" + status));
    }

    @Test
    void tenRedirectsAreFollowedAndElevenAreNot() throws Exception {
        assertThat(fetched("/redirect-chain/10").redirects()).hasSize(10);
        assertThat(page("/redirect-chain/11", Patience.LONG)).isInstanceOf(Refused.class);
    }

    @Test
    void aCookieSetOnTheWayOpensTheDoorOfTheSameFetchOnly() throws Exception {
        assertThat(fetched("/cookie-wanted").text()).contains("The end of the road");
        site.reset();
        assertThat(fetched("/echo").text()).doesNotContainIgnoringCase("cookie");
        assertThat(fetched("/cookie-wanted").redirects()).hasSize(2);
    }

    @Test
    void theRequestNamesUsAndWhatWeCanRead() throws Exception {
        fetched("/echo");
        var request = site.log().getLast();
        assertThat(request.userAgent()).isEqualTo("Gleaner/0.1 (+no contact given)");
        assertThat(request.header("Accept-Encoding")).isEqualTo("gzip, deflate, br, zstd");
        assertThat(request.header("Host")).isEqualTo("127.0.0.1:" + site.port());
    }

    @Test
    void headersOfTheCallerAreSentAndReplaceOurs() throws Exception {
        var headers = Map.of("user-agent", "Mine/1", "X-Key", "k", "Cookie", "a=b");
        fetcher.fetch(request(site.url("/echo"), headers), HopGate.open());
        var request = site.log().getLast();
        assertThat(request.userAgent()).isEqualTo("Mine/1");
        assertThat(request.header("X-Key")).isEqualTo("k");
        assertThat(request.header("Cookie")).isEqualTo("a=b");
    }

    @Test
    void aRobotsFileIsTakenWhateverItsTypeAndCutAtTheLimit() throws Exception {
        FetchOutcome cut =
                fetcher.fetch(
                        FetchRequest.resource(
                                site.url("/never-ending"), Patience.LONG, 5_000, true),
                        HopGate.open());
        assertThat(cut)
                .isInstanceOfSatisfying(
                        Fetched.class,
                        fetched -> assertThat(fetched.response().body()).hasSize(5_000));

        FetchOutcome empty =
                fetcher.fetch(
                        FetchRequest.resource(site.url("/empty"), Patience.LONG, 5_000, true),
                        HopGate.open());
        assertThat(empty).isInstanceOf(Fetched.class);

        FetchOutcome image =
                fetcher.fetch(
                        FetchRequest.resource(
                                site.url("/type/image"), Patience.LONG, 50_000, false),
                        HopGate.open());
        assertThat(image).isInstanceOf(Fetched.class);
    }

    @Test
    void aLengthOverTheLimitIsRefusedBeforeTheBodyIsRead() throws Exception {
        assertThat(page("/body-200mb", Patience.LONG))
                .isEqualTo(
                        new Refused(
                                FaultCode.BODY_TOO_LARGE,
                                "Content-Length 209715200 is over 1048576 bytes",
                                200));
    }

    // Each byte comes well within any read timeout; only a limit on the whole header ends it.
    private static void dripHeaders(RecordedRequest request, RawResponse out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 10_000; i++) {
            out.pause(Duration.ofMillis(50));
            out.write("X-" + i + ": drip\r\n");
        }
    }

    static FetchRequest request(URI url, Map<String, String> headers) {
        return new FetchRequest(url, headers, Patience.LONG, BODY_MAX_BYTES, false, false, null);
    }

    private static FetchOutcome page(String path, Duration timeout) throws InterruptedException {
        return fetcher.fetch(
                new FetchRequest(
                        site.url(path), Map.of(), timeout, BODY_MAX_BYTES, false, false, null),
                HopGate.open());
    }

    private static Response fetched(String path) throws InterruptedException {
        FetchOutcome outcome = page(path, Patience.LONG);
        assertThat(outcome).isInstanceOf(Fetched.class);
        return ((Fetched) outcome).response();
    }
}
