package io.gleaner.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.testing.RawClient;
import io.gleaner.transport.ProbeServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Probes are answered, whoever else is there. */
final class ProbeServerIT {

    private final CountDownLatch slow = new CountDownLatch(1);
    private ProbeServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                ProbeServer.start(
                        InetAddress.getLoopbackAddress(),
                        0,
                        Map.of("/live", () -> up(), "/slow", this::slow));
    }

    @AfterEach
    void stop() {
        slow.countDown();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "200, GET /live HTTP/1.1|Host: a||",
        "200, GET /live HTTP/1.0||",
        "200, GET /live?x=y HTTP/1.1||",
        "200, HEAD /live HTTP/1.1||",
        "404, GET /dead HTTP/1.1||",
        "405, POST /live HTTP/1.1||",
        "400, GET /live||",
        "400, GET /live HTTP/2||",
        "400, |  |||",
    })
    void aRequestIsAnsweredAndItsConnectionEnds(int status, String request) throws Exception {
        try (var client = RawClient.connect(server.port())) {
            client.send(request);

            assertThat(client.answer())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("Connection: close");
        }
    }

    @Test
    void aHeadWithoutAnEndIsRefused() throws Exception {
        try (var client = RawClient.connect(server.port())) {
            client.send("GET /live HTTP/1.1|X: " + "x".repeat(10_000));

            assertThat(client.head()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void whoSaysNothingKeepsNobodyOut() throws Exception {
        List<RawClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                silent.add(RawClient.connect(server.port()));
            }

            assertThat(get("/live")).startsWith("HTTP/1.1 200 ");
            // It was the first, and had to make room.
            assertThat(silent.getFirst().ended()).isTrue();
        } finally {
            for (RawClient client : silent) {
                client.close();
            }
        }
    }

    @Test
    void aPageThatTakesItsTimeKeepsNoOtherWaiting() throws Exception {
        try (var client = RawClient.connect(server.port())) {
            client.send("GET /slow HTTP/1.1||");

            assertThat(get("/live")).startsWith("HTTP/1.1 200 ");
            slow.countDown();
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whoSaysNothingIsSentAway() throws Exception {
        try (var silent = RawClient.connect(server.port());
                var half = RawClient.connect(server.port())) {
            half.send("GET /li");

            assertThat(silent.ended()).isTrue();
            assertThat(half.ended()).isTrue();
        }
    }

    @Test
    void nothingListensAfterItsClose() {
        server.close();

        assertThatThrownBy(() -> RawClient.connect(server.port())).isInstanceOf(IOException.class);
    }

    private String get(String path) throws IOException {
        try (var client = RawClient.connect(server.port())) {
            client.send("GET %s HTTP/1.1||".formatted(path));
            return client.answer();
        }
    }

    private Answer slow() {
        try {
            slow.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return up();
    }

    private static Answer up() {
        return new Answer(200, "OK", "text/plain", "up".getBytes(UTF_8));
    }
}
