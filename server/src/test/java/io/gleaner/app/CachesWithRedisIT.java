package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.redis.RedisNode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Processes that share a standalone Redis. */
final class CachesWithRedisIT extends CachesContract {

    private final RedisNode node = RedisNode.start();

    @Override
    CacheBackend open() {
        return new RedisBackend(node.url(), node::close);
    }

    /** What nobody could be told of is as old as a value gets in both levels. */
    @Test
    void whileRedisIsKilledAndStartedAgainNothingIsOlderThanBothLevelsKeepIt() throws Exception {
        Duration bound = CacheStress.FRESH.multipliedBy(2).plusSeconds(1);
        new CacheStress(backend, bound)
                .run(
                        Duration.ofSeconds(12),
                        () -> {
                            for (int i = 0; i < 3; i++) {
                                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                                node.kill();
                                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                                node.restart();
                            }
                        });
    }

    @Test
    void whileRedisIsFrozenNobodyWaitsForItForLong() throws Exception {
        var store = one.store();
        node.freeze();
        try {
            long longest = 0;
            long all = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                long began = System.nanoTime();
                store.get(java.util.List.of("k" + i));
                longest = Math.max(longest, System.nanoTime() - began);
            }
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(1));
            assertThat(Duration.ofNanos(System.nanoTime() - all)).isLessThan(Duration.ofSeconds(2));
        } finally {
            node.thaw();
        }
    }
}
