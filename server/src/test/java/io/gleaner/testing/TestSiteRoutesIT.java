package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes do what the table in docs/testing.md says. */
class TestSiteRoutesIT {

    private static final int BOMB_READ_BYTES = 16 * 1024 * 1024;

    private static TestSite site;
    private static HttpClient client;

    @BeforeAll
    static void open() {
        site = TestSite.start();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() {
        client.shutdownNow();
        site.close();
    }

    @BeforeEach
    void reset() {
        site.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/nowhere, 404",
        "/graph/5/4, 200",
        "/graph/5/5, 404",
        "/status/410, 410",
        "/status/204, 204",
        "/429-seconds, 429",
        "/429-plain, 429",
        "/503-seconds, 503",
        "/redirect-without-location, 301",
        "/redirect-status/308, 308",
        "/slow-ok/1, 200"
    })
    void pathAnswersItsStatus(String path, int status) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/reset-at-once",
                "/reset-in-the-middle",
                "/closed-at-once",
                "/truncated-body",
                "/truncated-chunks",
                "/broken-chunk",
                "/not-http"
            })
    void brokenAnswerFailsAnHttpClient(String path) {
        assertThatThrownBy(() -> get(path))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/slow-header", "/half-header", "/slow-body", "/stalled-body"})
    void stalledAnswerOutlastsAClientsPatience(String path) {
        var answer =
                client.sendAsync(
                        HttpRequest.newBuilder(site.url(path)).build(), BodyHandlers.ofString());
        assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        answer.cancel(true);
    }

    @Test
    void truncatedGzipIsAWholeMessage() throws Exception {
        byte[] half = stream("/truncated-gzip").readAllBytes();
        assertThatThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(half)).readAllBytes())
                .isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "brotli", "zstd"})
    void bombIsSmallOnTheWayAndLargeAtTheEnd(String kind) throws Exception {
        try (var counted = new CountingInput(stream("/" + kind + "-bomb"));
                InputStream expanded = decoded(kind, counted)) {
            expanded.skipNBytes(BOMB_READ_BYTES);
            assertThat(counted.count).isLessThan(BOMB_READ_BYTES / 500);
        }
    }

    @Test
    void bodyWithoutEndKeepsComing() throws Exception {
        try (InputStream body = stream("/never-ending")) {
            body.skipNBytes(BOMB_READ_BYTES);
        }
    }

    @Test
    void largeBodyTellsItsLength() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(site.url("/body-200mb")).build();
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            body.skipNBytes(1024 * 1024);
        }
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(200L << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, gzip",
        "br, brotli",
        "zstd, zstd",
        "deflate, deflate",
        "raw-deflate, raw-deflate",
        "identity, identity"
    })
    void encodedPageDecodes(String path, String kind) throws Exception {
        try (InputStream page = decoded(kind, stream("/encoded/" + path))) {
            assertThat(new String(page.readAllBytes(), UTF_8)).contains("Content-Encoding ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1251-in-header, windows-1251, RUSSIAN",
        "windows-1251-in-meta, windows-1251, RUSSIAN",
        "windows-1251-missing, windows-1251, RUSSIAN",
        "koi8-r-missing, koi8-r, RUSSIAN",
        "shift_jis-missing, shift_jis, JAPANESE",
        "euc-jp-in-header, euc-jp, JAPANESE",
        "gb18030-in-meta, gb18030, CHINESE",
        "utf-8-bom, utf-8, RUSSIAN",
        "utf-16-bom, utf-16, RUSSIAN",
        "utf-16be-bom, utf-16, RUSSIAN",
        "wrong, windows-1251, RUSSIAN",
        "wrong-meta, windows-1251, RUSSIAN"
    })
    void textIsInItsCharset(String path, String charset, String text) throws Exception {
        String page =
                new String(stream("/charset/" + path).readAllBytes(), Charset.forName(charset));
        String expected = (String) SiteTexts.class.getField(text).get(null);
        assertThat(page).contains("<p>" + expected + "</p>");
    }

    @Test
    void graphLeadsFromItsFirstPageToAllOthers() throws Exception {
        assertThat(get("/graph/6/2").body())
                .contains("href=\"/graph/6/5\"", "href=\"/graph/6/1\"", "page 2 of 6 and nowhere")
                .doesNotContain("href=\"/graph/6/6\"");
    }

    @Test
    void chainEndsAfterItsHops() throws Exception {
        assertThat(get("/redirect-chain/30").headers().firstValue("Location"))
                .hasValue("/redirect-chain/29");
        assertThat(get("/redirect-chain/0").body()).contains("The end of the road");
    }

    @Test
    void cookieOfTheRedirectIsDemandedByItsTarget() throws Exception {
        try (HttpClient withCookies =
                HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            HttpRequest request = HttpRequest.newBuilder(site.url("/cookie-redirect")).build();
            assertThat(withCookies.send(request, BodyHandlers.ofString()).body())
                    .contains("The end of the road");
        }
        assertThat(get("/cookie-wanted").statusCode()).isEqualTo(302);
    }

    @Test
    void retryAfterIsADateInTheFuture() throws Exception {
        Instant before = Instant.now();
        String date = get("/429-date").headers().firstValue("Retry-After").orElseThrow();
        assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                .isBetween(before, Instant.now().plusSeconds(3));
    }

    private static InputStream decoded(String kind, InputStream in) throws IOException {
        return switch (kind) {
            case "gzip" -> new GZIPInputStream(in);
            case "brotli" -> new BrotliInputStream(in);
            case "zstd" -> new ZstdInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            case "raw-deflate" -> new InflaterInputStream(in, new Inflater(true));
            default -> in;
        };
    }

    private static InputStream stream(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(site.url(path)).build();
        return client.send(request, BodyHandlers.ofInputStream()).body();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(site.url(path)).timeout(Patience.LONG).build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Counts what comes over the wire. */
    private static final class CountingInput extends FilterInputStream {

        private long count;

        CountingInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
