package io.gleaner.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.cache.Versioned;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A master with a replica, and a sentinel that says which of them is the master. */
final class RedisSentinelIT {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final RedisNode master = RedisNode.start();
    private final RedisNode replica =
            RedisNode.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
    private final RedisNode sentinel = RedisNode.sentinelOf(master, "main");
    private final Redis redis =
            Redis.start(
                    RedisConfig.of("redis-sentinel://127.0.0.1:%d#main".formatted(sentinel.port())),
                    new SimpleMeterRegistry());

    @AfterEach
    void close() {
        redis.close();
        sentinel.close();
        replica.close();
        master.close();
    }

    private boolean has(String key) {
        return new RedisStore(redis).get(List.of(key)).containsKey(key);
    }

    private void put(String key) {
        new RedisStore(redis).put(key, new Versioned<>(1, "v".getBytes(UTF_8)), LONG);
    }

    private static boolean holds(RedisNode node, String key) {
        return node.ask(commands -> commands.exists("gleaner:" + key)) == 1;
    }

    @Test
    void theReplicaThatBecomesMasterIsUsedWithoutARestart() {
        await().until(redis::isUp);
        put("before");
        await().until(() -> has("before"));
        assertThat(holds(master, "before")).isTrue();
        await().until(() -> holds(replica, "before"));
        // It asks the master for its replicas every ten seconds: one that it has not met yet it
        // cannot make the master.
        await().until(() -> sentinel.ask(it -> it.info("sentinel")).contains("slaves=1"));
        var heard = new AtomicInteger();
        RedisBus bus = RedisBus.start(redis, new SimpleMeterRegistry());
        bus.listen("news", Heard.counting(heard));

        master.kill();
        await().until(
                        () -> {
                            put("after");
                            return has("after") && has("before");
                        });
        assertThat(holds(replica, "after")).isTrue();
        await().until(
                        () -> {
                            bus.send("news", "it is me");
                            return heard.get() > 0;
                        });
        bus.close();
    }
}
