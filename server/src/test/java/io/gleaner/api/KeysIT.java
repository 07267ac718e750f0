package io.gleaner.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.SharedStore;
import io.gleaner.store.AccessKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, and how often. */
final class KeysIT {

    private final ApiFixture api = new ApiFixture(ApiFixture.CONFIG);

    @AfterEach
    void stop() {
        api.close();
    }

    private AccessKeys.Created firstKey() {
        AccessKeys.Created key = api.keys.create("shop", false, null);
        // The server looks for keys once in a while.
        await().until(() -> api.get("/api/jobs").status() == 401);
        return key;
    }

    private Answer with(String secret) throws Exception {
        return api.get("/api/jobs", "Authorization", "Bearer " + secret);
    }

    @Test
    void onLoopbackNobodyNeedsAKeyAsLongAsThereIsNone() throws Exception {
        assertThat(api.get("/api/jobs").status()).isEqualTo(200);
    }

    @Test
    void onceThereIsAKeyEveryRequestNeedsOne() throws Exception {
        AccessKeys.Created key = firstKey();
        Answer without = api.get("/api/jobs");
        assertThat(without.text("code")).isEqualTo("key_missing");
        assertThat(without.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(api.get("/metrics").status()).isEqualTo(401);
        assertThat(api.get("/no/such/path").status()).isEqualTo(401);
        assertThat(with(key.secret()).status()).isEqualTo(200);
        assertThat(api.get("/metrics", "Authorization", "bearer " + key.secret()).status())
                .isEqualTo(200);

        Answer wrong = with(key.secret() + "x");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text("code")).isEqualTo("key_unknown");
        assertThat(wrong.body()).doesNotContain(key.secret());
        assertThat(api.get("/api/jobs", "Authorization", "Basic eDp5").status()).isEqualTo(401);
    }

    @Test
    void probesAndTheDescriptionNeedNoKey() throws Exception {
        firstKey();
        assertThat(api.get("/health/live").status()).isEqualTo(200);
        assertThat(api.get("/health/ready").status()).isEqualTo(200);
        assertThat(api.get("/openapi.yaml").status()).isEqualTo(200);
    }

    @Test
    void probesOfAClusterAskByTheAddressOfThePod() throws Exception {
        firstKey();
        assertThat(answerTo("GET /health/live HTTP/1.1\r\nHost: 10.0.0.7:8080\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(answerTo("GET /metrics HTTP/1.1\r\nHost: 10.0.0.7:8080\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    private String answerTo(String head) throws Exception {
        try (var socket = api.connect()) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), US_ASCII);
        }
    }

    @Test
    void aRevokedKeyIsRefusedOnceTheServerHasLooked() throws Exception {
        AccessKeys.Created key = firstKey();
        assertThat(with(key.secret()).status()).isEqualTo(200);
        api.keys.create("another", false, null);
        api.keys.revoke(key.key().id());
        await().until(() -> with(key.secret()).status() == 401);
        assertThat(api.keys.list())
                .extracting(it -> it.revokedAt() != null)
                .containsExactly(true, false);
    }

    @Test
    void aKeyAllowsAsManyRequestsAMinuteAsItSays() throws Exception {
        firstKey();
        AccessKeys.Created slow = api.keys.create("slow", false, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(with(slow.secret()).status()).isEqualTo(200);
        }
        Answer over = with(slow.secret());
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.text("code")).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(over.header("Retry-After"))).isBetween(1, 60);
    }

    @Test
    void aPageOfAnotherOriginMayAskIfItHasAKey() throws Exception {
        AccessKeys.Created key = firstKey();
        HttpRequest.Builder foreign =
                api.request("/api/jobs")
                        .header("Origin", "https://console.example")
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"urls\": [\"https://a.example/\"]}"));
        assertThat(api.send(foreign).status()).isEqualTo(401);
        assertThat(api.send(foreign.header("Authorization", "Bearer " + key.secret())).status())
                .isEqualTo(202);
    }

    @Test
    void withAKeyTheServerMayListenWiderAndAsksForIt() throws Exception {
        api.keys.create("shop", false, null);
        // The running server has opened its caches; another one needs its own.
        try (var caches =
                        new Caches(
                                SharedStore.NONE,
                                Bus.NONE,
                                new SimpleMeterRegistry(),
                                api.parts.clock());
                var wide =
                        ApiServer.start(
                                ApiFixture.CONFIG.at("0.0.0.0", 0), api.partsWith(caches))) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(
                            java.net.URI.create("http://127.0.0.1:" + wide.port() + "/api/jobs"));
            assertThat(api.send(request).status()).isEqualTo(401);
        }
    }

    @Test
    void theKeyItselfIsNowhereInTheDatabase() {
        AccessKeys.Created key = api.keys.create("shop", true, 60);
        assertThat(key.secret()).startsWith("gk_").hasSize(46);
        assertThat(key.toString()).doesNotContain(key.secret());
        assertThat(api.keys.find(AccessKeys.hash(key.secret())))
                .get()
                .isEqualTo(key.key())
                .extracting(it -> it.hint())
                .isEqualTo(key.secret().substring(0, 8));
    }
}
