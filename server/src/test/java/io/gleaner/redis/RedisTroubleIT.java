package io.gleaner.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.cache.Versioned;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis that is there, and no help. */
final class RedisTroubleIT {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final RedisNode node = RedisNode.start();
    private final SlowProxy proxy;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Redis redis;
    private final RedisStore store;

    RedisTroubleIT() throws IOException {
        proxy = new SlowProxy(node.port());
        redis = Redis.start(RedisConfig.of(proxy.url()), metrics);
        store = new RedisStore(redis);
        await().until(redis::isUp);
    }

    @AfterEach
    void close() throws IOException {
        redis.close();
        proxy.close();
        node.close();
    }

    private boolean has(String key) {
        return store.get(List.of(key)).containsKey(key);
    }

    private void put(String key) {
        store.put(key, new Versioned<>(1, "v".getBytes(UTF_8)), LONG);
    }

    @Test
    void aSlowOneIsNotWaitedForAndIsUsedAgainWhenItIsQuick() {
        put("k");
        await().until(() -> has("k"));
        proxy.delay(Duration.ofMillis(200));
        await().until(() -> !redis.isUp());
        double skipped = metrics.counter("gleaner.redis.skipped").count();
        for (int i = 0; i < 1_000; i++) {
            assertThat(has("k")).isFalse();
        }
        assertThat(metrics.counter("gleaner.redis.skipped").count()).isEqualTo(skipped + 1_000);
        proxy.delay(Duration.ZERO);
        await().until(() -> redis.isUp() && has("k"));
    }

    /** A request asks several times: it feels one timeout and not each of them. */
    @Test
    void afterOneAnswerThatDidNotComeNobodyAsksUntilTheNextLook() {
        put("k");
        await().until(() -> has("k"));
        proxy.delay(Duration.ofSeconds(5));
        assertThat(has("k")).isFalse();
        double skipped = metrics.counter("gleaner.redis.skipped").count();
        assertThat(has("k")).isFalse();
        assertThat(metrics.counter("gleaner.redis.skipped").count()).isEqualTo(skipped + 1);
        proxy.delay(Duration.ZERO);
    }

    @Test
    void aFullOneStillGivesWhatItHas() {
        put("k");
        await().until(() -> has("k"));
        node.ask(commands -> commands.configSet("maxmemory", "1"));
        for (int i = 0; i < 10; i++) {
            put("more" + i);
            assertThat(store.forgetBefore("more" + i, 2, LONG)).isFalse();
        }
        assertThat(redis.isUp()).isTrue();
        assertThat(metrics.get("gleaner.redis.errors").counter().count())
                .isGreaterThanOrEqualTo(10);
        assertThat(has("k")).isTrue();
        assertThat(has("more1")).isFalse();

        node.ask(commands -> commands.configSet("maxmemory", "0"));
        assertThat(store.forgetBefore("k", 2, LONG)).isTrue();
        assertThat(has("k")).isFalse();
    }
}
