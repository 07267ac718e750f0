package io.gleaner.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Connection",
                "Transfer-Encoding",
                "TE",
                "Upgrade",
                "Keep-Alive",
                "Proxy-Authorization",
                "Expect",
                "Trailer",
                "Range"
            })
    void aHeaderThatIsOursCannotBeSet(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestHeaders.validate(Map.of(name, "x")))
                .withMessage("header " + name + " cannot be set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000", "naïve"})
    void aValueThatCouldStartAnotherLineIsRefusedWithoutShowingIt(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestHeaders.validate(Map.of("X-Mine", value)))
                .withMessage("value of header X-Mine must be printable ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Mine", "X-Mine:", "X\r\nY", "ü"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestHeaders.validate(Map.of(name, "x")))
                .withMessageStartingWith("not a header name: ");
    }

    @Test
    void headersAreLimitedTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestHeaders.validate(Map.of("X-Long", "x".repeat(20_000))));
    }

    @Test
    void aRequestChecksItsHeaders() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new FetchRequest(
                                        URI.create("http://a.example/"),
                                        Map.of("Host", "b.example"),
                                        Duration.ofSeconds(1),
                                        1,
                                        false,
                                        false,
                                        null));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/, http://a.example/x, true",
        "http://a.example/, https://a.example/, true",
        "https://a.example/, http://a.example/, false",
        "http://a.example/, http://www.a.example/, false",
        "http://a.example/, http://a.example:8080/, false",
        "http://a.example:8080/, https://a.example/, false",
    })
    void anOriginIsSchemeHostAndPortWithTheUpgradeToTls(String from, String to, boolean same) {
        assertThat(RequestHeaders.sameOrigin(HttpUrl.get(from), HttpUrl.get(to))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                " 0 | PT0S",
                "99999999999999999999 | PT1H",
                "7200 | PT1H",
                "Mon, 23 Nov 2026 12:00:30 GMT | PT30S",
                "Monday, 23-Nov-26 12:00:30 GMT | PT30S",
                "Mon Nov 23 12:00:30 2026 | PT30S",
                "Sun Nov  1 12:00:30 2026 | PT0S",
                "Mon, 23 Nov 2026 11:00:00 GMT | PT0S",
                "Mon, 23 Nov 2099 11:00:00 GMT | PT1H",
            })
    void retryAfterIsReadInEveryForm(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW, Duration.ofHours(1))).hasValue(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "Mon, 99 Nov 2026 12:00:30 GMT"})
    void retryAfterThatCannotBeReadIsNone(String header) {
        assertThat(RetryAfter.parse(header, NOW, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void cookiesGoWhereTheyBelong() {
        var cookies = new HopCookies(InstantSource.fixed(NOW));
        var shop = HttpUrl.get("https://shop.example/cart/");
        cookies.store(
                shop,
                Headers.of(
                        "Set-Cookie", "host=1",
                        "Set-Cookie", "wide=2; Domain=shop.example; Path=/",
                        "Set-Cookie", "safe=3; Secure; Path=/",
                        "Set-Cookie", "alien=4; Domain=other.example",
                        "Set-Cookie", "all=5; Domain=example",
                        "Set-Cookie", "old=6; Max-Age=0"));
        assertThat(cookies.header(shop)).isEqualTo("host=1; wide=2; safe=3");
        assertThat(cookies.header(HttpUrl.get("https://shop.example/")))
                .isEqualTo("wide=2; safe=3");
        assertThat(cookies.header(HttpUrl.get("http://shop.example/"))).isEqualTo("wide=2");
        assertThat(cookies.header(HttpUrl.get("http://www.shop.example/"))).isEqualTo("wide=2");
        assertThat(cookies.header(HttpUrl.get("https://other.example/"))).isEmpty();
    }

    @Test
    void onlyANewValueCountsAsAChange() {
        var cookies = new HopCookies(InstantSource.fixed(NOW));
        var url = HttpUrl.get("http://a.example/");
        cookies.store(url, Headers.of("Set-Cookie", "a=1"));
        int once = cookies.changes();
        cookies.store(url, Headers.of("Set-Cookie", "a=1"));
        assertThat(cookies.changes()).isEqualTo(once);
        cookies.store(url, Headers.of("Set-Cookie", "a=2"));
        assertThat(cookies.changes()).isGreaterThan(once);
        assertThat(cookies.header(url)).isEqualTo("a=2");
    }

    @Test
    void cookiesAreLimitedInNumberAndSize() {
        var cookies = new HopCookies(InstantSource.fixed(NOW));
        var url = HttpUrl.get("http://a.example/");
        for (int i = 0; i < 500; i++) {
            cookies.store(url, Headers.of("Set-Cookie", "c" + i + "=1"));
        }
        cookies.store(url, Headers.of("Set-Cookie", "big=" + "x".repeat(5000)));
        assertThat(cookies.header(url).split("; ", -1)).hasSize(50);
    }
}
