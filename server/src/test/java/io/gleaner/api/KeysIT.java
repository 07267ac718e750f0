package io.gleaner.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gleaner.access.AccessKeys;
import io.gleaner.access.NewKey;
import io.gleaner.access.Scope;
import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.api.guard.ApiStartException;
import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.SharedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
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
        AccessKeys.Created key = api.keys.create(NewKey.named("shop"));
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
        assertThat(api.get("/api/jobs", "Authorization", "bearer " + key.secret()).status())
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
        api.keys.create(NewKey.named("another"));
        api.keys.revoke(key.key().id());
        await().until(() -> with(key.secret()).status() == 401);
        assertThat(api.keys.list())
                .extracting(it -> it.revokedAt() != null)
                .containsExactly(true, false);
    }

    @Test
    void aKeyAllowsAsManyRequestsAMinuteAsItSays() throws Exception {
        firstKey();
        AccessKeys.Created slow = api.keys.create(NewKey.named("slow").atMost(3));
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
        api.keys.create(NewKey.named("shop"));
        try (var caches = caches();
                var wide =
                        ApiServer.start(
                                ApiFixture.CONFIG.at("0.0.0.0", 0), api.partsWith(caches))) {
            assertThat(get(wide, "/api/jobs").status()).isEqualTo(401);
        }
    }

    @Test
    void whoRevokesTheLastKeyDoesNotOpenTheServer() throws Exception {
        AccessKeys.Created key = firstKey();
        api.keys.revoke(key.key().id());
        await().until(() -> with(key.secret()).status() == 401);
        assertThat(api.get("/api/jobs").status()).isEqualTo(401);
        try (var caches = caches();
                var again = ApiServer.start(ApiFixture.CONFIG, api.partsWith(caches))) {
            assertThat(get(again, "/api/jobs").status()).isEqualTo(401);
        }
    }

    @Test
    void theOperatorMayLetCallersInWithoutAKeyAndKeysStillCount() throws Exception {
        AccessKeys.Created key = api.keys.create(NewKey.named("shop").with(Scope.METRICS));
        try (var caches = caches();
                var open =
                        ApiServer.start(ApiFixture.CONFIG.withOpen(true), api.partsWith(caches))) {
            assertThat(get(open, "/api/jobs").status()).isEqualTo(200);
            assertThat(get(open, "/api/jobs", key.secret()).status()).isEqualTo(403);
            assertThat(get(open, "/api/jobs", "gk_of_nobody").status()).isEqualTo(401);
        }
    }

    @Test
    void onAWiderAddressTheOperatorMayNot() {
        api.keys.create(NewKey.named("shop"));
        try (var caches = caches()) {
            assertThatThrownBy(
                            () ->
                                    ApiServer.start(
                                            ApiFixture.CONFIG.at("0.0.0.0", 0).withOpen(true),
                                            api.partsWith(caches)))
                    .isInstanceOf(ApiStartException.class)
                    .hasMessageContaining("--open");
        }
    }

    @Test
    void aKeyIsForItsScopesOnly() throws Exception {
        firstKey();
        for (Scope scope : Scope.values()) {
            String secret = api.keys.create(NewKey.named("one").with(scope)).secret();
            assertThat(with(secret).status()).isEqualTo(scope == Scope.READ ? 200 : 403);
            assertThat(statusOf("/metrics", secret)).isEqualTo(scope == Scope.METRICS ? 200 : 403);
            assertThat(statusOf("/admin/profile?format=no", secret))
                    .isEqualTo(scope == Scope.ADMIN ? 400 : 403);
            Answer submitted =
                    api.post(
                            "/api/jobs",
                            "{\"urls\": [\"https://a.example/\"]}",
                            "Authorization",
                            "Bearer " + secret);
            assertThat(submitted.status()).isEqualTo(scope == Scope.SUBMIT ? 202 : 403);
        }
        Answer refused = with(api.keys.create(NewKey.named("one").with(Scope.METRICS)).secret());
        assertThat(refused.text("code")).isEqualTo("scope_missing");
        assertThat(refused.text("detail")).contains("'read'");
    }

    @Test
    void strangersAreToldThatSomethingIsWrongAndNotWhat() throws Exception {
        api.notReady.set("the loop 'rescue' fails");
        assertThat(api.get("/health/ready").text("problem")).isEqualTo("the loop 'rescue' fails");
        firstKey();
        Answer down = api.get("/health/ready");
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.body()).doesNotContain("rescue");
        assertThat(api.get("/api/jobs").body()).doesNotContain("gleaner keys");
    }

    private int statusOf(String path, String secret) throws Exception {
        return api.get(path, "Authorization", "Bearer " + secret).status();
    }

    /** The running server has opened its caches; another one needs its own. */
    private Caches caches() {
        return new Caches(SharedStore.NONE, Bus.NONE, new SimpleMeterRegistry(), api.parts.clock());
    }

    private Answer get(ApiServer of, String path, String... secret) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of.port() + path));
        return api.send(
                secret.length == 0
                        ? request
                        : request.header("Authorization", "Bearer " + secret[0]));
    }

    @Test
    void theKeyItselfIsNowhereInTheDatabase() {
        AccessKeys.Created key = api.keys.create(NewKey.named("shop").with(Scope.ADMIN).atMost(60));
        assertThat(key.secret()).startsWith("gk_").hasSize(46);
        assertThat(key.toString()).doesNotContain(key.secret());
        assertThat(api.keys.find(AccessKeys.hash(key.secret())))
                .get()
                .isEqualTo(key.key())
                .extracting(it -> it.hint())
                .isEqualTo(key.secret().substring(0, 8));
    }
}
