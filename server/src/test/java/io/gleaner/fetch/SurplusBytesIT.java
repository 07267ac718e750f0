package io.gleaner.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.FaultCode;
import io.gleaner.testing.SelfSigned;
import io.gleaner.testing.TestSite;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes beyond the end of an answer (RFC 9112, 6.3 and 9.3), here always such that they look like
 * the answer to the next request. They are never taken for it.
 */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class SurplusBytesIT {

    private static final String ANOTHERS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\n\r\n<p>another";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    private static final String WHOLE = OK + "Content-Length: 8\r\n\r\n<p>first";

    private static SelfSigned keys;

    @Parameter boolean tls;

    private TestSite site;
    private Fetcher fetcher;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = SelfSigned.in(folder);
    }

    @BeforeEach
    void start() throws Exception {
        site = tls ? TestSite.start(keys.server()) : TestSite.start();
        site.route("/own", (request, out) -> out.html("<p>its own"));
        var socketFactory = keys.client().getSocketFactory();
        var trust = keys.trust();
        fetcher =
                new Fetcher(
                        FetchConfig.standard(),
                        new AddressGuard(AddressPolicy.allowing("127.0.0.1/32")),
                        builder -> builder.sslSocketFactory(socketFactory, trust));
    }

    @AfterEach
    void stop() {
        fetcher.close();
        site.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 8||<p>first",
                "Transfer-Encoding: chunked||8|<p>first|0||",
                "Transfer-Encoding: chunked||8|<p>first|0|X-Trailer: 1||",
                "Content-Length: 500|"
                        + "Transfer-Encoding: chunked||"
                        + "8|"
                        + "<p>first|"
                        + "0||",
                "Content-Length: 8|Content-Length: 8||<p>first",
            })
    void theAnswerIsReadAndTheNextOneIsNotTakenFromBehindIt(String rest) throws Exception {
        site.route("/surplus", (request, out) -> out.exactly(OK + lines(rest) + ANOTHERS));
        assertThat(body("/surplus")).isEqualTo("<p>first");
        assertThat(body("/own")).isEqualTo("<p>its own");
        assertThat(body("/surplus")).isEqualTo("<p>first");
        assertThat(body("/own")).isEqualTo("<p>its own");
    }

    @ParameterizedTest
    @CsvSource({
        "204 No Content, EMPTY_BODY",
        "205 Reset Content, EMPTY_BODY",
        "404 Not Found, HTTP_CLIENT_ERROR",
        "302 Found, BAD_REDIRECT",
    })
    void anAnswerWithoutAPageLeavesNothingToTheNextOne(String status, FaultCode code)
            throws Exception {
        String empty = status.startsWith("204") ? "" : "Content-Length: 0|";
        site.route(
                "/surplus",
                (r, out) ->
                        out.exactly(lines("HTTP/1.1 " + status + "|" + empty + "|") + ANOTHERS));
        assertThat(fetch("/surplus"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
        assertThat(body("/own")).isEqualTo("<p>its own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 304 Not Modified||",
                "HTTP/1.1 304 Not Modified|Content-Length: 8||",
                "HTTP/1.1 204 No Content|Content-Length: 8||<p>first",
                "HTTP/1.1 101 Switching Protocols|Upgrade: x||",
                "HTTP/1.1 200 OK|Content-Length: 8|Content-Length: 9||<p>first",
                "HTTP/1.1 200 OK|Content-Length: 8, 9||<p>first",
            })
    void anAnswerThatContradictsItselfLeavesNothingToTheNextOne(String answer) throws Exception {
        site.route("/surplus", (request, out) -> out.exactly(lines(answer) + ANOTHERS));
        assertThat(fetch("/surplus")).isNotInstanceOf(Fetched.class);
        assertThat(body("/own")).isEqualTo("<p>its own");
    }

    @Test
    void interimAnswersAreNotSurplus() throws Exception {
        String interim = "HTTP/1.1 103 Early Hints|Link: </a.css>||HTTP/1.1 100 Continue||";
        site.route("/hints", (r, out) -> out.exactly(lines(interim.repeat(3)) + WHOLE));
        assertThat(body("/hints")).isEqualTo("<p>first");
        assertThat(body("/hints")).isEqualTo("<p>first");
        assertThat(site.connections()).isEqualTo(1);
    }

    @Test
    void whatFollowsARedirectIsNotWhereItLeads() throws Exception {
        site.route(
                "/moved",
                (r, out) ->
                        out.exactly(
                                lines("HTTP/1.1 302 Found|Location: /own|Content-Length: 5||moved")
                                        + ANOTHERS));
        assertThat(body("/moved")).isEqualTo("<p>its own");
    }

    @Test
    void whatComesWhileTheConnectionWaitsIsNoAnswer() throws Exception {
        var sent = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        site.route(
                "/late",
                (request, out) -> {
                    out.exactly(WHOLE);
                    await(ended);
                    out.exactly(ANOTHERS);
                    sent.countDown();
                });
        assertThat(body("/late")).isEqualTo("<p>first");
        ended.countDown();
        await(sent);
        assertThat(body("/own")).isEqualTo("<p>its own");
    }

    @Test
    void oneByteIsEnough() throws Exception {
        site.route("/surplus", (request, out) -> out.exactly(WHOLE + "\n"));
        assertThat(body("/surplus")).isEqualTo("<p>first");
        assertThat(body("/own")).isEqualTo("<p>its own");
        assertThat(site.connections()).isEqualTo(2);
    }

    @Test
    void manyBytesAreNotReadToTheirEnd() throws Exception {
        byte[] many = (WHOLE + ANOTHERS.repeat(1_000)).getBytes(ISO_8859_1);
        site.route("/surplus", (request, out) -> out.exactly(many));
        assertThat(body("/surplus")).isEqualTo("<p>first");
        assertThat(body("/own")).isEqualTo("<p>its own");
    }

    /** It may be the answer to the request before, and its own the one behind it. */
    @Test
    void anAnswerOnAKeptConnectionWithMoreBehindItIsNotBelieved() throws Exception {
        site.route("/surplus", (request, out) -> out.exactly(ANOTHERS + WHOLE));
        assertThat(body("/own")).isEqualTo("<p>its own");
        assertThat(fetch("/surplus"))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(FaultCode.PROTOCOL_ERROR));
        assertThat(body("/own")).isEqualTo("<p>its own");
    }

    @Test
    void norIsOneThatSaysItIsTheLast() throws Exception {
        String last = WHOLE.replace("Content-Type", "Connection: close\r\nContent-Type");
        site.route("/surplus", (request, out) -> out.exactly(last + WHOLE));
        assertThat(body("/own")).isEqualTo("<p>its own");
        assertThat(fetch("/surplus")).isInstanceOf(Failed.class);
        assertThat(body("/own")).isEqualTo("<p>its own");
    }

    @Test
    void anErrorThatIsNotReadToItsEndIsStillOne() throws Exception {
        site.route(
                "/long",
                (request, out) -> {
                    out.exactly("HTTP/1.1 404 No\r\nContent-Length: 2000000\r\n\r\n");
                    out.exactly(new byte[1_000_000]);
                });
        assertThat(body("/own")).isEqualTo("<p>its own");
        assertThat(fetch("/long")).isInstanceOf(Refused.class);
        assertThat(body("/own")).isEqualTo("<p>its own");
    }

    @Test
    void aHostThatSentSurplusOnceIsAskedOnFreshConnections() throws Exception {
        site.route("/surplus", (request, out) -> out.exactly(WHOLE + ANOTHERS));
        assertThat(body("/surplus")).isEqualTo("<p>first");
        for (int n = 0; n < 3; n++) {
            assertThat(body("/own")).isEqualTo("<p>its own");
        }
        assertThat(site.connections()).isEqualTo(4);
    }

    @Test
    void aConnectionWithNothingOnItIsKept() throws Exception {
        for (int n = 0; n < 5; n++) {
            assertThat(body("/own")).isEqualTo("<p>its own");
        }
        assertThat(site.connections()).isEqualTo(1);
    }

    private static String lines(String piped) {
        return piped.replace("|", "\r\n");
    }

    private String body(String path) throws Exception {
        FetchOutcome outcome = fetch(path);
        return outcome instanceof Fetched(Response response) ? response.text() : outcome.toString();
    }

    private FetchOutcome fetch(String path) throws Exception {
        return fetcher.fetch(FetcherIT.request(site.url(path), Map.of()), HopGate.open());
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
