package io.gleaner.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.AddressPolicy;
import io.gleaner.fetch.GuardedConnector;
import io.gleaner.job.FaultCode;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the proxy lets through, byte by byte. */
class EntranceIT {

    private static final PageLimits LIMITS = new PageLimits(3, 8, 2_000);

    private final TestSite allowed = TestSite.start("127.0.0.2");
    private final TestSite secret = TestSite.start();
    private final GuardedConnector connector =
            new GuardedConnector(
                    new AddressGuard(AddressPolicy.allowing("127.0.0.2/32")),
                    Duration.ofSeconds(10));
    private final Entrance entrance;

    EntranceIT() throws IOException {
        entrance = Entrance.open(connector, LIMITS);
    }

    @AfterEach
    void close() {
        entrance.close();
        connector.close();
        secret.close();
        allowed.close();
    }

    /** Everything that comes until the proxy closes. */
    private String say(String request) throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), entrance.port())) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            return ""; // Cut before it was read.
        }
    }

    private static String get(TestSite site, String path) {
        return "GET %s HTTP/1.1\r\nHost: x\r\nProxy-Connection: keep-alive\r\n\r\n"
                .formatted(site.url(path));
    }

    @Test
    void aPlainRequestIsForwardedAndItsConnectionClosed() throws Exception {
        entrance.begin();
        assertThat(say(get(allowed, "/about.html")))
                .startsWith("HTTP/1.1 200")
                .contains("Connection: close")
                .contains("is called About");
        assertThat(allowed.log().getFirst().header("Proxy-Connection")).isEmpty();
        assertThat(allowed.log().getFirst().header("Connection")).isEqualTo("close");
    }

    @Test
    void aSecondRequestOnOneConnectionGoesNowhere() throws Exception {
        entrance.begin();
        say(get(allowed, "/about.html") + get(secret, "/about.html"));
        assertThat(allowed.log()).hasSize(1);
        assertThat(secret.connections()).isZero();
    }

    @Test
    void aTunnelCarriesBothWays() throws Exception {
        entrance.begin();
        String authority = "127.0.0.2:" + allowed.port();
        assertThat(
                        say(
                                "CONNECT %s HTTP/1.1\r\nHost: x\r\n\r\nGET /about.html HTTP/1.1\r\nConnection: close\r\n\r\n"
                                        .formatted(authority)))
                .startsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200")
                .contains("is called About");
    }

    @Test
    void aForbiddenHostIsNotReachedAndWhyIsKnown() throws Exception {
        entrance.begin();
        assertThat(say(get(secret, "/"))).isEmpty();
        assertThat(say("CONNECT 127.0.0.1:%d HTTP/1.1\r\n\r\n".formatted(secret.port()))).isEmpty();
        assertThat(secret.connections()).isZero();
        assertThat(requireNonNull(entrance.denial("127.0.0.1")).code())
                .isEqualTo(FaultCode.FORBIDDEN_ADDRESS);
    }

    @Test
    void withoutAPageNothingIsServed() throws Exception {
        assertThat(say(get(allowed, "/about.html"))).isEmpty();
        entrance.begin();
        entrance.end();
        assertThat(say(get(allowed, "/about.html"))).isEmpty();
        assertThat(allowed.connections()).isZero();
    }

    @Test
    void aPageHasSoManyRequestsAndBytes() throws Exception {
        Usage usage = entrance.begin();
        for (int i = 0; i < 5; i++) {
            say(get(allowed, "/missing.html"));
        }
        assertThat(allowed.requests("/missing.html")).isEqualTo(3);
        assertThat(usage.exceeded()).isEqualTo("more than 3 requests");
        Usage next = entrance.begin();
        assertThat(say(get(allowed, "/never-ending")).length()).isLessThan(2_500);
        assertThat(next.exceeded()).isEqualTo("more than 2000 bytes");
    }

    @Test
    void whatIsNoRequestToAProxyIsNotServed() throws Exception {
        entrance.begin();
        assertThat(say("GET / HTTP/1.1\r\n\r\n")).isEmpty();
        assertThat(say("GET ftp://127.0.0.2/ HTTP/1.1\r\n\r\n")).isEmpty();
        entrance.begin();
        assertThat(say("GET http://a@127.0.0.2/ HTTP/1.1\r\n\r\n")).isEmpty();
        assertThat(allowed.connections()).isZero();
    }
}
