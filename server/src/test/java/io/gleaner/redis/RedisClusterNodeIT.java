package io.gleaner.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes of a cluster that are named as single servers. */
final class RedisClusterNodeIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int SLOTS = 16_384;

    private static RedisConfig single(RedisNode node) {
        return RedisConfig.of("redis://127.0.0.1:" + node.port());
    }

    @Test
    void oneIsRecognisedAndTheRightNameIsSaid() {
        try (RedisNode node = RedisNode.start("--cluster-enabled", "yes");
                Redis redis = Redis.start(single(node), new SimpleMeterRegistry())) {
            assertThat(redis.isUp()).isFalse();
            assertThat(new RedisStore(redis).turn("k", LONG)).isPresent();
            assertThatThrownBy(() -> RedisCheck.of(single(node)))
                    .isInstanceOf(RedisCheck.RedisUnusable.class)
                    .hasMessageContaining("redis-cluster://");
        }
    }

    /** One that does not say what it is: an operator may have taken INFO away. */
    @Test
    void oneThatSendsUsElsewhereIsNotAskedAnyMore() {
        String[] settings = {"--cluster-enabled", "yes", "--rename-command", "INFO", ""};
        try (RedisNode node = RedisNode.start(settings);
                RedisNode other = RedisNode.start(settings)) {
            node.ask(redis -> redis.clusterMeet("127.0.0.1", other.port()));
            node.ask(redis -> redis.clusterAddSlots(IntStream.range(0, SLOTS / 2).toArray()));
            other.ask(redis -> redis.clusterAddSlots(IntStream.range(SLOTS / 2, SLOTS).toArray()));
            await().until(() -> node.ask(RedisCommands::clusterInfo).contains("cluster_state:ok"));
            try (Redis redis = Redis.start(single(node), new SimpleMeterRegistry())) {
                assertThat(redis.isUp()).isTrue();
                var store = new RedisStore(redis);
                var n = new AtomicInteger();
                await().until(
                                () -> {
                                    store.get(List.of("k" + n.incrementAndGet()));
                                    return !redis.isUp();
                                });
            }
        }
    }

    /** A refusal is no "another has it": who cannot ask whose turn it is does not wait for it. */
    @Test
    void aTurnThatIsRefusedIsNotWaitedFor() {
        try (RedisNode node =
                        RedisNode.start(
                                "--cluster-enabled", "yes", "--rename-command", "INFO", "");
                Redis redis = Redis.start(single(node), new SimpleMeterRegistry())) {
            assertThat(redis.isUp()).isTrue();
            assertThat(new RedisStore(redis).turn("k", LONG)).isPresent();
        }
    }
}
