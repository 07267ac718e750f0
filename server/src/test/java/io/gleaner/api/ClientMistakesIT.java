package io.gleaner.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client gets wrong is told as the client's, in every layer, and never as a bug of ours. */
final class ClientMistakesIT {

    private static final String POST = "POST /api/jobs HTTP/1.1|Host: localhost|";
    private static final String JSON = POST + "Content-Type: application/json|";
    private static final String LINES = POST + "Content-Type: application/x-ndjson|";
    private static final String CHUNKED = "Transfer-Encoding: chunked||";

    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture(ApiFixture.CONFIG);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    400! GET /health/%zz HTTP/1.1|Host: localhost||
                    400! GET /health/%f HTTP/1.1|Host: localhost||
                    400! GET /api/jobs?limit=%zz HTTP/1.1|Host: localhost||
                    400! GET /api/jobs?state=%ff%fe HTTP/1.1|Host: localhost||
                    404! GET /%00 HTTP/1.1|Host: localhost||
                    404! GET /%ff%fe HTTP/1.1|Host: localhost||
                    400! GET /a^b HTTP/1.1|Host: localhost||
                    400! GET //[::x/ HTTP/1.1|Host: localhost||
                    400! GET  HTTP/1.1|Host: localhost||
                    400! GET / HTTP/1.1 |Host: localhost||
                    400! G@T / HTTP/1.1|Host: localhost||
                    400! GET / HTTP/x.y|Host: localhost||
                    505! GET / HTTP/1.2|Host: localhost||
                    505! GET / HTTP/2.0|Host: localhost||
                    505! GET / HTTP/0.9|Host: localhost||
                    505! PRI * HTTP/2.0||SM||
                    400! GET /|
                    400! hello|
                    400! \u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001
                    400! |
                    400! GET / HTTP/1.1||
                    400! GET / HTTP/1.1|Host: a|Host: b||
                    400! GET / HTTP/1.1|Host:||
                    400! GET / HTTP/1.1|Host: localhost:x||
                    400! GET / HTTP/1.1|Host: [::1||
                    400! GET / HTTP/1.1|Host: localhost|No colon||
                    400! GET / HTTP/1.1|Host: localhost|Space : before||
                    400! GET / HTTP/1.1|Host: localhost|A: b\u0000c||
                    405! OPTIONS /api/jobs HTTP/1.1|Host: localhost||
                    400! POST /api/jobs HTTP/1.1|Host: localhost|Content-Length: -1||
                    400! POST /api/jobs HTTP/1.1|Host: localhost|Content-Length: 99999999999999999999||
                    413! POST /api/jobs HTTP/1.1|Host: localhost|Content-Length: 9999999999999999||
                    400! POST /api/jobs HTTP/1.1|Host: localhost|Content-Length: 2|Content-Length: 3||{}
                    400! POST /api/jobs HTTP/1.1|Host: localhost|Content-Length: 2|Transfer-Encoding: chunked||0||
                    400! POST /api/jobs HTTP/1.1|Host: localhost|Transfer-Encoding: identity||
                    501! POST /api/jobs HTTP/1.1|Host: localhost|Transfer-Encoding: gzip, chunked||0||
                    415! POST /api/jobs HTTP/1.1|Host: localhost|Expect: the unexpected|Content-Length: 2||{}
                    415! POST /api/jobs HTTP/1.1|Host: localhost|Content-Type: ;;;|Content-Length: 2||{}
                    400! GET /api/jobs/%20 HTTP/1.1|Host: localhost||
                    """)
    void aHeadThatIsWrongIsTold(int status, String request) throws Exception {
        assertRefused(status, request);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    400! zz|{}|0||
                    400! -1|{}|0||
                    400! 2|{}x|
                    400! 2|{}|0|junk||
                    400! ffffffffffffffff|{}|
                    400! 7fffffff1|{}|
                    400! 2~{}
                    """)
    void aChunkThatIsWrongIsTold(int status, String chunks) throws Exception {
        assertRefused(status, JSON + CHUNKED + chunks);
        assertRefused(status, LINES + CHUNKED + chunks);
        assertRefused(404, POST.replace("/api/jobs", "/nowhere") + CHUNKED + chunks);
    }

    @ParameterizedTest
    @CsvSource({"414, GET /", "400, GET / HTTP/1.1|Host: localhost|A: ", "431, GET / HTTP/1.0|A: "})
    void aHeadThatIsTooLongIsTold(int status, String begin) throws Exception {
        assertRefused(status, begin + "x".repeat(100_000));
    }

    private static void assertRefused(int status, String request) throws Exception {
        byte[] bytes = request.replace("|", "\r\n").replace("~", "\n").getBytes(ISO_8859_1);
        try (var client = RawClient.connect(api.server.port())) {
            client.send(bytes);
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("urn:gleaner:problem:")
                    .doesNotContainIgnoringCase("bug", "server log");
        }
    }
}
