package io.gleaner.job.manners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MannersTest {

    @Test
    void proxyIsReadWithItsPassword() {
        assertThat(ProxyServer.parse("http://me:s%40cret@p.example:3128"))
                .isEqualTo(
                        new ProxyServer(ProxyServer.Kind.HTTP, "p.example", 3128, "me", "s@cret"));
        assertThat(ProxyServer.parse("socks5://[2001:db8::1]:1080").host())
                .isEqualTo("[2001:db8::1]");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://p.example:1, its scheme is ftp",
        "p.example:3128, its scheme is p.example",
        "http://p.example, it has no port of 1 to 65535",
        "http://p.example:99999, it has no port of 1 to 65535",
        "http://p.example:1/path, it has a path",
        "http://s3cret@p.example:1, what stands before its @ is not user:password",
        "http://:1, it has no host",
        "http://a:s3%cret@p.example:1, it is no URL (a % or @ in a password is written %25 or %40)",
    })
    void wrongProxyIsRefusedWithoutItsPassword(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyServer.parse(text))
                .withMessage(
                        "the proxy is not accepted, %s; accepted: %s", why, ProxyServer.ACCEPTED)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"));
    }

    @Test
    void noPasswordStandsInTheirText() {
        var manners =
                new Manners(
                        1,
                        Duration.ZERO,
                        new BasicAuth("https://a.example", "me", "s3cret"),
                        true,
                        List.of(ProxyServer.parse("socks5://me:s3cret@p.example:1080")));
        assertThat(manners.toString()).doesNotContain("s3cret").contains("p.example:1080");
        assertThat(manners.hasSecrets()).isTrue();
        assertThat(manners.withoutSecrets().hasSecrets()).isFalse();
        assertThat(manners.lacksSecrets()).isFalse();
        assertThat(manners.withoutSecrets().lacksSecrets()).isTrue();
        assertThat(Manners.USUAL.withoutSecrets().lacksSecrets()).isFalse();
        assertThat(manners.withoutSecrets().toString()).contains("p.example:1080");
    }

    @Test
    void passwordIsForOneOrigin() {
        assertThat(BasicAuth.originOf(URI.create("HTTPS://A.example:443/x?y")))
                .isEqualTo("https://a.example");
        assertThat(BasicAuth.originOf(URI.create("http://a.example:8080/")))
                .isEqualTo("http://a.example:8080");
        assertThat(new BasicAuth("https://a.example", "Aladdin", "open sesame").header())
                .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
}
