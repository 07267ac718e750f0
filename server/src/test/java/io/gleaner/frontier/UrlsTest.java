package io.gleaner.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // scheme, host, port
                "HTTP://A.Example http://a.example/",
                "https://a.example:443/x https://a.example/x",
                "http://a.example:080/x http://a.example/x",
                "http://a.example:/x http://a.example/x",
                "http://a.example:443/x http://a.example:443/x",
                "http://a.example./x http://a.example/x",
                "http://a_b.example/ http://a_b.example/",
                "http:\\\\a.example\\x\\y http://a.example/x/y",
                "http://a.example\\@evil.example/ http://a.example/@evil.example/",
                // international names
                "http://BÜCHER.example/ http://xn--bcher-kva.example/",
                "http://faß.de/ http://xn--fa-hia.de/",
                "http://FAẞ.de/ http://xn--fa-hia.de/",
                "http://βόλος.example/ http://xn--nxasmm1c.example/",
                "http://%6cocalhost/ http://localhost/",
                "http://%62%C3%BCcher.example/ http://xn--bcher-kva.example/",
                "http://%65xample.com/ http://example.com/",
                "http://日本語。jp/ http://xn--wgv71a119e.jp/",
                "http://xn--bcher-kva.example/ http://xn--bcher-kva.example/",
                "http://ａ。example/ http://a.example/",
                "http://ｌｏｃａｌｈｏｓｔ/ http://localhost/",
                // addresses
                "http://2130706433/ http://127.0.0.1/",
                "http://0x7f.1/ http://127.0.0.1/",
                "http://0177.0.0.01/ http://127.0.0.1/",
                "http://127.1:80/ http://127.0.0.1/",
                "http://１２７.0.0.1/ http://127.0.0.1/",
                "http://0/ http://0.0.0.0/",
                "http://0x/x@ http://0.0.0.0/x@",
                "http://[::1]:8080/ http://[::1]:8080/",
                "http://[0:0:0::0:1]/ http://[::1]/",
                "http://[2001:DB8:0:0:1:0:0:1]/ http://[2001:db8::1:0:0:1]/",
                "http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/",
                "http://[::]/ http://[::]/",
                // path
                "http://a.example http://a.example/",
                "http://a.example/a/./b/../c http://a.example/a/c",
                "http://a.example/../../x http://a.example/x",
                "http://a.example/a/.. http://a.example/",
                "http://a.example/a/b/. http://a.example/a/b/",
                "http://a.example/%2e%2E/x/%2e http://a.example/x/",
                "http://a.example/.../.x/x. http://a.example/.../.x/x.",
                "http://a.example//a//../b http://a.example//a/b",
                "http://a.example/%7ejoe/%41%c3%bc http://a.example/~joe/A%C3%BC",
                "http://a.example/ü http://a.example/%C3%BC",
                "http://a.example/a%2Fb http://a.example/a%2Fb",
                "http://a.example/[x]|{y}^`<> http://a.example/%5Bx%5D%7C%7By%7D%5E%60%3C%3E",
                "http://a.example/100%/%zz http://a.example/100%25/%25zz",
                "http://a.example/;v=1 http://a.example/;v=1",
                "http://a.example/😀 http://a.example/%F0%9F%98%80",
                // query and fragment
                "http://a.example?b=1&a=2 http://a.example/?b=1&a=2",
                "http://a.example/? http://a.example/",
                "http://a.example/?# http://a.example/",
                "http://a.example/x#y?z http://a.example/x",
                "http://a.example/#!x http://a.example/",
                "http://a.example/?q=%c3%a4+b&a[]=/../ http://a.example/?q=%C3%A4+b&a[]=/../",
                "http://a.example/?x=\\|{}^ http://a.example/?x=%5C%7C%7B%7D%5E",
                "http://a.example/?utm_source=x&a=? http://a.example/?utm_source=x&a=?",
            })
    void urlHasOneSpelling(String given, String normal) {
        assertThat(normalise(given)).isEqualTo(normal);
        assertThat(normalise(normal)).isEqualTo(normal);
    }

    @Test
    void spaceAroundIsIgnoredAndInsideIsEncoded() {
        assertThat(normalise(" \t\r\nhttp://a.example/a b?c d \n"))
                .isEqualTo("http://a.example/a%20b?c%20d");
    }

    @Test
    void halfASurrogatePairIsAReplacementCharacter() {
        assertThat(normalise("http://a.example/\uD83D")).isEqualTo("http://a.example/%EF%BF%BD");
        assertThat(normalise("http://a.example/\uDE00x")).isEqualTo("http://a.example/%EF%BF%BDx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "/x",
                "//a.example/",
                "ftp://a.example/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "mailto:a@b.example",
                "http:",
                "http:/a.example/",
                "http:a.example",
                "httpx://a.example/",
                "http://",
                "http:///x",
                "http://?x",
                "http://#x",
                "http://:80/",
                "http://.",
                "http://a..example/",
                "http://.a.example/",
                "http://a.example../",
                "http://a b/",
                "http://a%20b/",
                "http://%6c%00calhost/",
                "http://a%2fb/",
                "http://%zz/",
                "http://a<b/",
                "http://a,b/",
                "http://user@a.example/",
                "http://user:pw@a.example/",
                "http://@a.example/",
                "http://a.example:0/",
                "http://a.example:65536/",
                "http://a.example:99999999999999999999/",
                "http://a.example:-1/",
                "http://a.example:８０/",
                "http://a.example:80:80/",
                "http://a.example:x/",
                "http://256.0.0.1/",
                "http://1.2.3.4.5/",
                "http://1.-1.2/",
                "http://08.0.0.1/",
                "http://4294967296/",
                "http://a.1/",
                "http://[::1/",
                "http://[::1]x/",
                "http://[::g]/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%lo]/",
                "http://[127.0.0.1]/",
                "http://[]/",
                "http://a]b/",
                "http://a.example/\u0000",
                "http://a.example/\n/x",
                "http://a.example/\u0085x",
            })
    void anythingElseIsRefusedWithValueAndRule(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> normalise(given))
                .withMessageStartingWith("url must be ");
    }

    @Test
    void messageShowsTheValueWithoutItsControlCharacters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> normalise("http://a.example/\u001b[31m"))
                .withMessage(
                        "url must be free of control characters: 'http://a.example/\\u001B[31m'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> normalise("ftp://" + "a".repeat(10_000)))
                .withMessageMatching(".{1,250}");
    }

    @Test
    void lengthIsLimitedAsGivenAndAsNormalised() {
        var prefix = "http://a.example/";
        var fits = "x".repeat(Urls.URL_CHARS_MAX - prefix.length());
        assertThat(normalise(prefix + fits)).hasSize(Urls.URL_CHARS_MAX);
        assertThatIllegalArgumentException().isThrownBy(() -> normalise(prefix + fits + "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> normalise(prefix + "ü".repeat(5_000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> normalise("http://" + "a".repeat(64) + ".example/"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> normalise("http://" + "a.".repeat(200) + "example/"));
    }

    @Test
    void candidateKnowsItsHostQueueAndDepth() {
        var candidate = Urls.candidate("https://A.example:8443/x", 3, false);
        assertThat(candidate.host()).isEqualTo("a.example:8443");
        assertThat(candidate.depth()).isEqualTo(3);
        assertThat(Urls.candidate("https://A.example:443/x", 3, false).host())
                .isEqualTo("a.example");
        assertThat(Urls.hostQueue(URI.create("https://a_b.example:443/"))).isEqualTo("a_b.example");
        assertThat(Urls.hostQueue(URI.create("http://a.example:443/"))).isEqualTo("a.example:443");
        assertThat(Urls.hostQueue(URI.create("http://[::1]:80/"))).isEqualTo("[::1]");
    }

    @Test
    void keyIsThatOfTheUrlOrWithoutItsQuery() {
        var plain = Urls.candidate("http://a.example/x", 0, true);
        var query = Urls.candidate("http://a.example/x?y", 0, true);
        assertThat(query.key()).isEqualTo(plain.key());
        assertThat(query.url()).isEqualTo("http://a.example/x?y");
        assertThat(Urls.candidate("http://a.example/x?y", 0, false).key())
                .isNotEqualTo(plain.key())
                .isEqualTo(Urls.key("http://a.example/x?y"));
    }

    @Test
    void keyIsTheStartOfSha256() {
        assertThat(Urls.key("abc"))
                .isEqualTo(UUID.fromString("ba7816bf-8f01-cfea-4141-40de5dae2223"));
    }

    private static String normalise(String url) {
        return Urls.candidate(url, 0, false).url();
    }
}
