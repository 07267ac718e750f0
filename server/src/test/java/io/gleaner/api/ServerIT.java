package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.api.guard.ApiStartException;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.testing.Patience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the server listens, whom it answers, what it refuses before any handler, how it stops. */
final class ServerIT {

    private static final int PATIENCE_MS = Math.toIntExact(Patience.LONG.toMillis());

    private static ApiFixture api;

    @BeforeAll
    static void start() {
        var small = ApiFixture.CONFIG;
        api =
                new ApiFixture(
                        new ApiConfig(
                                small.host(),
                                small.open(),
                                0,
                                small.healthPort(),
                                2_000,
                                3_000,
                                small.urlsMax(),
                                small.urlLinesMax(),
                                small.listMax(),
                                small.waitMax(),
                                small.connections(),
                                small.statusCacheBytes(),
                                small.shutdownDelay(),
                                small.drainMax()));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void aWiderBindWithoutKeysIsRefusedWithTheCure(String host) {
        assertThatThrownBy(() -> ApiServer.start(ApiFixture.CONFIG.at(host, 0), api.parts))
                .isInstanceOf(ApiStartException.class)
                .hasMessageContaining("refusing to listen on " + host)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void anAddressThatIsNoneIsOneSentence() {
        assertThatThrownBy(
                        () ->
                                ApiServer.start(
                                        ApiFixture.CONFIG.at("no.such.invalid", 0), api.parts))
                .isInstanceOf(ApiStartException.class)
                .hasMessageContaining("no.such.invalid");
    }

    @Test
    void aTakenPortIsOneSentenceThatNamesIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(
                            () ->
                                    ApiServer.start(
                                            ApiFixture.CONFIG.at("127.0.0.1", port), api.parts))
                    .isInstanceOf(ApiStartException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("another port");
        }
    }

    @Test
    void unknownPathsAndMethodsAreTold() throws Exception {
        Answer path = api.get("/api/job");
        Answer method = api.send(api.request("/api/jobs").PUT(BodyPublishers.noBody()));

        assertThat(path.status()).isEqualTo(404);
        assertThat(path.text("code")).isEqualTo("unknown_path");
        assertThat(path.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).isEqualTo("POST, GET");
    }

    @Test
    void everyAnswerForbidsSniffing() throws Exception {
        for (String path : new String[] {"/", "/health/live", "/api/nothing", "/metrics"}) {
            assertThat(api.get(path).header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(raw("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")).contains("nosniff");
    }

    @Test
    void otherContentTypesAreRefused() throws Exception {
        Answer form =
                api.send(
                        api.request("/api/jobs")
                                .POST(BodyPublishers.ofString("urls=x"))
                                .header("Content-Type", "application/x-www-form-urlencoded"));
        Answer none = api.send(api.request("/api/scrape").POST(BodyPublishers.ofString("{}")));

        assertThat(form.status()).isEqualTo(415);
        assertThat(form.text("accepted")).isEqualTo("application/json, application/x-ndjson");
        assertThat(none.status()).isEqualTo(415);
    }

    @Test
    void aCompressedBodyIsRefusedByName() throws Exception {
        for (String path : new String[] {"/api/jobs", "/api/scrape", "/api/map"}) {
            Answer answer =
                    api.send(
                            api.request(path)
                                    .POST(BodyPublishers.ofString("\u001f\u008b"))
                                    .header("Content-Type", "application/json")
                                    .header("Content-Encoding", "gzip"));

            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.text("field")).isEqualTo("Content-Encoding");
            assertThat(answer.text("value")).isEqualTo("gzip");
        }
    }

    @Test
    void aBodyOverItsLimitIsRefusedWithAndWithoutALength() throws Exception {
        String body = "{\"urls\": [\"https://a.example/" + "x".repeat(2_000) + "\"]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        Answer known = api.post("/api/jobs", body);
        Answer chunked =
                api.send(
                        api.request("/api/jobs")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(bytes)))
                                .header("Content-Type", "application/json"));
        Answer beyondEveryLimit = api.post("/api/jobs", body + " ".repeat(10_000));

        assertThat(known.status()).isEqualTo(413);
        assertThat(known.text("code")).isEqualTo("body_too_large");
        assertThat(known.text("accepted")).contains("2000");
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(beyondEveryLimit.status()).isEqualTo(413);
        assertThat(beyondEveryLimit.text("code")).isEqualTo("body_too_large");
    }

    @Test
    void requestsThatAreNotHttpAreProblemsToo() throws Exception {
        assertThat(raw("GET /api/jobs?limit=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("\"code\":\"bad_request\"");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nA: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil", "10.0.0.1"})
    void aNameThatWasPointedHereIsRefused(String host) throws Exception {
        assertThat(raw("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .startsWith("HTTP/1.1 421")
                .contains("misdirected_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8080", "[::1]:80"})
    void theNamesOfThisMachineAreAnswered(String host) throws Exception {
        assertThat(raw("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aPageOfAnotherOriginMayNotPost() throws Exception {
        String body = "{\"urls\": [\"https://a.example/\"]}";
        String own = "http://127.0.0.1:" + api.server.port();

        assertThat(api.post("/api/jobs", body, "Origin", "https://evil.example").text("code"))
                .isEqualTo("cross_origin");
        assertThat(api.post("/api/jobs", body, "Origin", "null").status()).isEqualTo(403);
        assertThat(api.post("/api/jobs", body, "Sec-Fetch-Site", "cross-site").status())
                .isEqualTo(403);
        assertThat(api.post("/api/jobs", body, "Origin", own).status()).isEqualTo(202);
        assertThat(api.get("/health/live", "Origin", "https://evil.example").status())
                .isEqualTo(200);
    }

    /** An image of a page may be a profile of two minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"/admin/profile", "/api/jobs", "/metrics", "/no/such/path"})
    void aPageOfAnotherOriginMayNotReadWhatCosts(String path) throws Exception {
        for (String site : List.of("cross-site", "same-site")) {
            Answer refused = api.get(path, "Sec-Fetch-Site", site);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("code")).isEqualTo("cross_origin");
        }
        for (String site : List.of("none", "same-origin")) {
            assertThat(api.get(path + "?event=no", "Sec-Fetch-Site", site).status())
                    .isNotEqualTo(403);
        }
        assertThat(api.get("/health/live", "Sec-Fetch-Site", "cross-site").status()).isEqualTo(200);
    }

    @Test
    void healthSaysWhyItIsDown() throws Exception {
        assertThat(api.get("/health/ready").body())
                .isEqualTo("{\"status\":\"up\",\"problem\":null}");
        assertThat(api.get("/health/started").status()).isEqualTo(200);
        api.notReady.set("the database does not answer");
        Answer down = api.get("/health/ready");
        Answer started = api.get("/health/started");
        api.notReady.set(null);

        assertThat(down.status()).isEqualTo(503);
        assertThat(down.text("problem")).isEqualTo("the database does not answer");
        assertThat(started.status()).isEqualTo(200);
        assertThat(api.get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void requestsAreTimedByRouteAndNotByPath() throws Exception {
        api.get("/api/jobs/00000000-0000-7000-8000-000000000000");
        api.get("/a/path/that/is/not");

        String metrics = api.get("/metrics").body();

        assertThat(metrics)
                .contains(
                        "http_server_requests_seconds_count{method=\"GET\",route=\"/api/jobs/{id}\""
                                + ",status=\"4xx\",waits=\"false\"}")
                .contains("route=\"none\"")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("00000000-0000-7000")
                .doesNotContain("/a/path");
    }

    @Test
    void theRootPointsToTheDescription() throws Exception {
        assertThat(api.get("/").body()).contains("/openapi.yaml");
        assertThat(api.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    }

    @Test
    void closingEndsWaitsEarlyAndDoesNotCutThem() throws Exception {
        var closing = new ApiFixture(ApiFixture.CONFIG);
        String job = closing.submit("closing.example", 1);
        var polled =
                closing.http.sendAsync(
                        closing.request(job + "?wait=50s").build(), BodyHandlers.ofString());
        await().until(() -> active(closing) == 1);

        var closed = CompletableFuture.runAsync(closing.server::close);

        assertThat(polled.get().statusCode()).isEqualTo(200);
        assertThat(polled.get().body()).contains("\"running\"");
        assertThat(closed).succeedsWithin(Patience.LONG);
        assertThatThrownBy(() -> closing.get("/health/live")).isInstanceOf(IOException.class);
        closing.close();
    }

    @Test
    void aStreamThatClosingCutsLooksCut() throws Exception {
        var closing = new ApiFixture(ApiFixture.CONFIG);
        String job = closing.submit("cut.example", 1);
        var request =
                closing.request(job + "/pages?follow=true")
                        .header("Accept", "application/x-ndjson")
                        .build();
        var stream = closing.http.send(request, BodyHandlers.ofInputStream());
        assertThat(stream.body().read()).isEqualTo('\n');

        var closed = CompletableFuture.runAsync(closing.server::close);

        assertThatThrownBy(() -> stream.body().readAllBytes()).isInstanceOf(IOException.class);
        assertThat(closed).succeedsWithin(Patience.LONG);
        closing.close();
    }

    @Test
    void whileItLeavesItIsNotReadyButServesAndAsksClientsToConnectAnew() throws Exception {
        var leaving = new ApiFixture(ApiFixture.CONFIG.withShutdownDelay(Duration.ofMinutes(10)));
        String job = leaving.submit("leaving.example", 1);
        try (var idle = leaving.connect()) {
            idle.setSoTimeout(PATIENCE_MS);
            idle.getOutputStream().write(get("/health/live"));
            assertThat(answer(idle)).startsWith("HTTP/1.1 200").doesNotContain("Connection: close");

            Thread closing = Thread.ofPlatform().start(leaving.server::close);
            await().until(() -> leaving.get("/health/ready").status() == 503);

            Answer status = leaving.get(job);
            Answer submitted =
                    leaving.post("/api/jobs", "{\"urls\": [\"https://leaving.example/2\"]}");
            assertThat(status.status()).isEqualTo(200);
            assertThat(status.header("Connection")).isEqualTo("close");
            assertThat(submitted.status()).isEqualTo(202);
            assertThat(leaving.get("/health/live").status()).isEqualTo(200);
            idle.getOutputStream().write(get(job));
            assertThat(answer(idle)).startsWith("HTTP/1.1 200").contains("Connection: close");
            assertThat(closing.isAlive()).isTrue();

            closing.interrupt(); // As if the delay were over.

            assertThat(closing.join(Patience.LONG)).isTrue();
        }
        leaving.close();
    }

    @Test
    void whenItHasLeftConnectionsThatNobodyUsesAreEnded() throws Exception {
        var leaving = new ApiFixture(ApiFixture.CONFIG.withShutdownDelay(Duration.ofMillis(100)));
        try (var idle = leaving.connect()) {
            idle.setSoTimeout(PATIENCE_MS);
            idle.getOutputStream().write(get("/health/live"));
            assertThat(answer(idle)).startsWith("HTTP/1.1 200");

            leaving.server.close();

            assertThat(idle.getInputStream().read()).isEqualTo(-1);
        }
        assertThatThrownBy(() -> leaving.get("/health/live")).isInstanceOf(IOException.class);
        leaving.close();
    }

    @Test
    void aWaitIsAnsweredWithAnEndOfItsConnectionAlthoughItBeganBefore() throws Exception {
        var leaving = new ApiFixture(ApiFixture.CONFIG.withShutdownDelay(Duration.ofMillis(100)));
        String job = leaving.submit("waiting.example", 1);
        var polled =
                leaving.http.sendAsync(
                        leaving.request(job + "?wait=50s").build(), BodyHandlers.ofString());
        await().until(() -> active(leaving) == 1);

        leaving.server.close();

        assertThat(polled.get().statusCode()).isEqualTo(200);
        assertThat(polled.get().headers().firstValue("Connection")).contains("close");
        leaving.close();
    }

    private static byte[] get(String path) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .formatted(path)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A short answer, which comes at once. */
    private static String answer(Socket socket) throws IOException {
        byte[] bytes = new byte[4_096];
        int length = socket.getInputStream().read(bytes);
        return new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }

    private static double active(ApiFixture fixture) {
        return fixture.telemetry.registry().get("http.server.requests.active").gauge().value();
    }

    private static String raw(String request) throws Exception {
        try (var socket = api.connect()) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            byte[] answer = new byte[4_096];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
        }
    }
}
