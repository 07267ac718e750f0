package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.api.guard.ApiStartException;
import io.gleaner.testing.RawClient;
import io.gleaner.transport.ConnectionLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not send, or does not read, is waited for no longer than there is time. */
final class SlowClientsIT {

    // Short, so that the tests are; nothing here is decided by how short.
    private static final ConnectionLimits IMPATIENT =
            new ConnectionLimits(
                    Duration.ofMillis(400),
                    Duration.ofMillis(600),
                    Duration.ofMillis(400),
                    Duration.ofMillis(400),
                    1 << 20,
                    100,
                    100,
                    100);
    private static final ConnectionLimits PATIENT = ConnectionLimits.standard();

    private static final String LIVE = "GET /health/live HTTP/1.1|Host: localhost||";
    private static final String POST =
            "POST /api/jobs HTTP/1.1|Host: localhost|Content-Type: application/x-ndjson|";

    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = with(IMPATIENT);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET / HTTP/1.1",
                "GET / HTTP/1.1|",
                "GET / HTTP/1.1|Host: localhost|",
                "GET / HTTP/1.1|Host: localhost|X",
                "GET / HTTP/1.0|",
                "GET / HTTP/1.0|Host: localhost|X",
                "GET / HTTP/1.1|Host: localhost||GET / HTTP/1.1|X",
                POST + "Content-Length: 100||",
                POST + "Content-Length: 100||https://a.example/|",
                POST + "Transfer-Encoding: chunked||",
                POST + "Transfer-Encoding: chunked||5|htt",
                POST + "Transfer-Encoding: chunked||5|https|",
                "POST /api/jobs HTTP/1.0|Content-Type: application/x-ndjson|Content-Length: 100||h",
                "POST /nowhere HTTP/1.1|Host: localhost|Content-Length: 100||h",
            })
    void halfARequestIsNotWaitedFor(String half) throws Exception {
        try (var client = RawClient.connect(api.server.port())) {
            client.send(half);

            client.rest();
            assertThat(client.ended()).isTrue();
        }
        awaitNoConnection(api);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET / HTTP/1.1|Host: localhost|X: ",
                "GET / HTTP/1.0|X: ",
                POST + "Content-Length: 100000||",
                POST + "Transfer-Encoding: chunked||fff|",
                POST + "Transfer-Encoding: chunked||5;x="
            })
    void aByteNowAndThenIsNotEnough(String begin) throws Exception {
        try (var client = RawClient.connect(api.server.port())) {
            client.send(begin);
            var dripping = Thread.ofVirtual().start(() -> drip(client));

            client.rest();
            assertThat(client.ended()).isTrue();
            dripping.interrupt();
        }
        awaitNoConnection(api);
    }

    @Test
    void anIdleConnectionIsServedAndThenEnded() throws Exception {
        try (var client = RawClient.connect(api.server.port())) {
            client.send(LIVE);
            assertThat(client.answer()).startsWith("HTTP/1.1 200");
            client.send(LIVE + LIVE);
            assertThat(client.answer()).startsWith("HTTP/1.1 200");
            assertThat(client.answer()).startsWith("HTTP/1.1 200");

            assertThat(client.ended()).isTrue();
        }
        awaitNoConnection(api);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pages?follow=true", "/pages", "/events"})
    void anAnswerThatNobodyReadsIsGivenUp(String what) throws Exception {
        String job = api.submit("unread.example", 3_000);
        while (api.work(1_000) > 0) {
            // Some megabytes, more than the sockets' buffers hold.
        }
        try (var client = RawClient.connectWithSmallBuffer(api.server.port())) {
            for (int i = 0; i < 5; i++) {
                client.send(
                        "GET %s%s HTTP/1.1|Host: localhost|Accept: application/x-ndjson||"
                                .formatted(job, what));
            }

            awaitNoConnection(api);
        }
    }

    @Test
    void aConnectionEndsAfterTheRequestThatSaysSo() throws Exception {
        try (var patient = with(PATIENT);
                var client = RawClient.connect(patient.server.port())) {
            client.send(
                    LIVE.replace("||", "|Connection: close||")
                            + "GET /openapi.yaml HTTP/1.1|Host: localhost||");

            assertThat(client.answer()).startsWith("HTTP/1.1 200").contains("Connection: close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aWaitIsNoSilence() throws Exception {
        String job = api.submit("waiting-long.example", 1);
        try (var client = RawClient.connect(api.server.port())) {
            client.send("GET %s?wait=3s HTTP/1.1|Host: localhost||".formatted(job));

            assertThat(client.answer()).startsWith("HTTP/1.1 200").contains("running");
        }
    }

    @Test
    void whoComesWhenAllConnectionsAreTakenIsToldSo() throws Exception {
        try (var small = with(PATIENT.withConnections(3));
                var clients = new Clients(small)) {
            clients.connect(3);

            assertThat(clients.refused())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 5", "Connection: close")
                    .contains("too_many_connections", "GLEANER_CONNECTIONS");
            clients.leave();
            await().untilAsserted(() -> assertThat(clients.live()).startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void oneAddressHasNoMoreThanItsShare() throws Exception {
        try (var small = with(PATIENT.withPerAddress(3));
                var clients = new Clients(small)) {
            clients.connect(3);

            assertThat(clients.refused())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("GLEANER_CONNECTIONS_PER_ADDRESS");
            assertThat(clients.answerOfAnotherAddress()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void probesAreAnsweredOnTheirPortWhoeverHoldsTheApis() throws Exception {
        var config = ApiFixture.CONFIG.withHealthPort(0);
        try (var small = new ApiFixture(config.withConnections(PATIENT.withConnections(20)));
                var clients = new Clients(small)) {
            int probes = small.server.healthPort().orElseThrow();
            clients.connect(200);

            assertThat(get(probes, "/health/live")).startsWith("HTTP/1.1 200");
            assertThat(get(probes, "/health/ready"))
                    .endsWith("{\"status\":\"up\",\"problem\":null}");
            assertThat(get(probes, "/health/started")).startsWith("HTTP/1.1 200");
            assertThat(get(probes, "/api/jobs")).startsWith("HTTP/1.1 404");
            small.notReady.set("the database does not answer");
            assertThat(get(probes, "/health/ready"))
                    .startsWith("HTTP/1.1 503")
                    .contains("the database does not answer");
            assertThat(get(probes, "/health/live")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aHealthPortThatIsTakenIsToldByItsNumber() {
        int taken = api.server.port();

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> ApiServer.start(ApiFixture.CONFIG.withHealthPort(taken), api.parts))
                .isInstanceOf(ApiStartException.class)
                .hasMessageContaining("127.0.0.1:" + taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/pages?follow=true", "?wait=50s"})
    void oneKeyHasNoMoreStreamsThanItsShare(String stream) throws Exception {
        try (var small = with(PATIENT.withStreamsPerKey(2))) {
            String job = small.submit("streams.example", 1);
            List<RawClient> open = new ArrayList<>();
            try {
                for (int i = 0; i < 2; i++) {
                    open.add(stream(small, job + stream, ""));
                }
                await().until(() -> active(small) == 2);

                try (var third = stream(small, job + stream, "")) {
                    assertThat(third.answer())
                            .startsWith("HTTP/1.1 429 ")
                            .contains("Retry-After: 5", "too_many_streams")
                            .contains("GLEANER_STREAMS_PER_KEY");
                }
                assertThat(small.get(job).status()).isEqualTo(200);
                assertThat(small.get(job + "/pages").status()).isEqualTo(200);
            } finally {
                for (RawClient client : open) {
                    client.close();
                }
            }
            small.work(10);
            await().until(() -> active(small) == 0);
            assertThat(small.get(job + "?wait=1s").status()).isEqualTo(200);
        }
    }

    private static RawClient stream(ApiFixture to, String path, String fields) throws IOException {
        RawClient client = RawClient.connect(to.server.port());
        client.send(
                "GET %s HTTP/1.1|Host: localhost|Accept: application/x-ndjson|%s|"
                        .formatted(path, fields));
        return client;
    }

    private static ApiFixture with(ConnectionLimits limits) {
        return new ApiFixture(ApiFixture.CONFIG.withConnections(limits));
    }

    private static void drip(RawClient client) {
        try {
            while (!Thread.interrupted()) {
                client.send("x");
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitNoConnection(ApiFixture of) {
        await().atMost(Duration.ofSeconds(60)).until(() -> gauge(of, "connections") == 0);
    }

    private static double active(ApiFixture of) {
        return gauge(of, "requests.active");
    }

    private static double gauge(ApiFixture of, String name) {
        return of.telemetry.registry().get("http.server." + name).gauge().value();
    }

    private static String get(int port, String path) throws IOException {
        try (var client = RawClient.connect(port)) {
            client.send("GET %s HTTP/1.1|Host: localhost||".formatted(path));
            return client.answer();
        }
    }

    /** Clients that connect and say half a head. */
    private static final class Clients implements AutoCloseable {
        private final ApiFixture to;
        private final List<RawClient> connected = new ArrayList<>();

        Clients(ApiFixture to) {
            this.to = to;
        }

        void connect(int count) throws IOException {
            int wanted = connected.size() + count;
            while (connected.size() < wanted) {
                var client = RawClient.connect(to.server.port());
                client.send("GET / HTTP/1.1|Host: localhost|X");
                connected.add(client);
            }
            int most = Math.min(wanted, 20);
            await().until(() -> gauge(to, "connections") >= Math.min(most, 3));
        }

        String refused() throws IOException {
            return live();
        }

        String live() throws IOException {
            return get(to.server.port(), "/health/live");
        }

        String answerOfAnotherAddress() throws IOException {
            try (var client = RawClient.connectFrom("127.0.0.9", to.server.port())) {
                client.send(LIVE);
                return client.answer();
            }
        }

        void leave() throws IOException {
            for (RawClient client : connected) {
                client.close();
            }
            connected.clear();
        }

        @Override
        public void close() throws IOException {
            leave();
        }
    }
}
