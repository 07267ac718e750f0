package io.gleaner.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every string. */
class UrlsPropertyTest {

    @Property
    void nothingButIllegalArgumentComesOutOfArbitraryText(@ForAll String text) {
        normalised(text);
        normalised("http://" + text);
        normalised("http://a.example/" + text);
    }

    @Property(tries = 3_000)
    void normalisingTwiceChangesNothing(@ForAll("urlLike") String url) {
        normalised(url).ifPresent(once -> assertThat(normalised(once)).contains(once));
    }

    @Property(tries = 3_000)
    void resultIsAnAsciiUriWhoseHostQueueIsTheCandidates(@ForAll("urlLike") String url) {
        normalised(url)
                .ifPresent(
                        once -> {
                            var uri = URI.create(once);
                            assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(once))
                                    .isTrue();
                            assertThat(uri.getRawFragment()).isNull();
                            assertThat(uri.getRawUserInfo()).isNull();
                            assertThat(uri.getRawPath()).startsWith("/");
                            assertThat(uri.normalize().getRawPath()).doesNotContain("/../");
                            assertThat(Urls.hostQueue(uri))
                                    .isEqualTo(Urls.candidate(url, 0, false).host());
                        });
    }

    @Property
    void spellingsThatMeanTheSameAreOne(
            @ForAll("segments") List<String> segments, @ForAll("segments") List<String> detour) {
        var path = String.join("/", segments);
        var plain = normalised("http://a.example/" + path);
        assertThat(plain).isPresent();
        assertThat(normalised("HTTP://A.EXAMPLE.:80/" + path + "#x")).isEqualTo(plain);
        assertThat(normalised("http://a.example/./" + path)).isEqualTo(plain);
        assertThat(normalised("http:\\\\a.example/" + path.replace('/', '\\'))).isEqualTo(plain);
        assertThat(normalised("http://a.example/" + encoded(path))).isEqualTo(plain);
        assertThat(normalised("http://a.example/" + encoded(path).toLowerCase(Locale.ROOT)))
                .isEqualTo(plain);
        var there = String.join("/", detour) + "/";
        var back = "../".repeat(detour.size());
        assertThat(normalised("http://a.example/" + there + back + path)).isEqualTo(plain);
    }

    private static Optional<String> normalised(String url) {
        try {
            return Optional.of(Urls.candidate(url, 0, false).url());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("url must be ");
            return Optional.empty();
        }
    }

    /** Every letter, digit and non-ASCII character percent-encoded; slashes stay. */
    private static String encoded(String path) {
        var out = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            out.append(b == '/' ? "/" : "%%%02X".formatted(b & 0xFF));
        }
        return out.toString();
    }

    @Provide
    Arbitrary<List<String>> segments() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("~-_9äß€")
                .ofMinLength(1)
                .ofMaxLength(8)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> urlLike() {
        var hosts =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                "a.example",
                                "A_b.Example.",
                                "BÜCHER.de",
                                "0x7F.1",
                                "[::1]",
                                "[1::FFFF:1.2.3.4]",
                                "0377.1.2",
                                "faß.de",
                                "-a.b-"),
                        Arbitraries.strings().withChars("aZ0.x-_é。").ofMaxLength(8));
        var ports = Arbitraries.of("", ":", ":80", ":443", ":0080", ":8080", ":0");
        var rest =
                Arbitraries.strings()
                        .withChars("/.%?#\\ab2eE5 ü[]|\"<>{}^`&=+;:@~'€\uD83D\uDE00")
                        .ofMaxLength(30);
        return Combinators.combine(
                        Arbitraries.of("http://", "HTTPS://", "https:\\/"), hosts, ports, rest)
                .as((scheme, host, port, tail) -> scheme + host + port + "/" + tail);
    }
}
