package io.gleaner.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.testing.TestSite;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers put together at random from parts that mean something, in an order that does not. */
class HostileAnswersIT {

    private static final int ANSWERS = 150;
    private static final int PARTS_MAX = 7;

    /** For answers that may have no end: a timeout is an outcome, too. */
    private static final Duration SHORT = Duration.ofMillis(60);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<String> PARTS =
            List.of(
                    "HTTP/1.1 200 OK\r\n",
                    "HTTP/1.1 103 Early Hints\r\n",
                    "HTTP/1.1 101 Switching Protocols\r\n",
                    "HTTP/1.0 304 Not Modified\r\n",
                    "HTTP/1.1 204 No Content\r\n",
                    "HTTP/1.1 206 Partial Content\r\n",
                    "HTTP/1.1 301 Moved\r\nLocation: /own\r\n",
                    "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"\u0000\"\r\n",
                    "HTTP/1.1 407 No\r\nProxy-Authenticate: \u00ff\r\n",
                    "Content-Type: text/html\r\n",
                    "Content-Type: text/html;charset=\u0000\r\n",
                    "Content-Length: 5\r\n",
                    "Content-Length: 5, 5\r\n",
                    "Content-Length: -1\r\n",
                    "Content-Length: 99999999999999999999\r\n",
                    "Content-Length:\r\n 5\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Transfer-Encoding: gzip, chunked\r\n",
                    "Content-Encoding: gzip, br, \u00e9\r\n",
                    "Content-Range: bytes 0-4/9\r\n",
                    "Connection: keep-alive, close\r\n",
                    "Set-Cookie: a\u0000b=\u00e9; Path=/\r\n",
                    "Set-Cookie: =;;;=\r\n",
                    "Refresh: 0; url=http://[\r\n",
                    "Location: http://\u0000/\r\n",
                    "ETag: \u0000\u00e9\r\n",
                    ": no name\r\n",
                    "no colon\r\n",
                    "N\u0000: v\u0000\r\n",
                    "\r\n",
                    "\r\n\r\n",
                    "5\r\nhello\r\n",
                    "0\r\n\r\n",
                    "hello");

    @Test
    void theyComeToOutcomesAndNeverToAnotherUrlsPage() throws Exception {
        try (TestSite site = TestSite.start();
                var fetcher = fetcher()) {
            site.route("/own", (request, out) -> out.html("<p>its own"));
            for (int seed = 0; seed < ANSWERS; seed++) {
                String answer = answer(seed);
                site.route("/any", (request, out) -> out.exactly(answer));
                assertThat(fetch(fetcher, site.url("/any"), SHORT)).as(answer).isNotNull();
                assertThat(fetch(fetcher, site.url("/own"), LONG))
                        .as(answer)
                        .isInstanceOfSatisfying(
                                Fetched.class,
                                own -> assertThat(own.response().text()).isEqualTo("<p>its own"));
            }
        }
    }

    private static String answer(int seed) {
        var random = new Random(seed);
        String head = "HTTP/1.1 200 OK\r\n".repeat(random.nextInt(2)) + parts(random);
        return random.nextInt(4) == 0 ? head : head + "Content-Length: 5\r\n\r\n" + parts(random);
    }

    private static String parts(Random random) {
        return IntStream.range(0, 1 + random.nextInt(PARTS_MAX))
                .mapToObj(n -> PARTS.get(random.nextInt(PARTS.size())))
                .collect(Collectors.joining());
    }

    private static FetchOutcome fetch(Fetcher fetcher, URI url, Duration timeout)
            throws InterruptedException {
        return fetcher.fetch(
                new FetchRequest(url, Map.of(), timeout, 1 << 20, false, false, null),
                HopGate.open());
    }

    private static Fetcher fetcher() {
        return new Fetcher(
                FetchConfig.standard(), new AddressGuard(AddressPolicy.allowing("127.0.0.1/32")));
    }
}
