package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.redis.RedisNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Processes that share a standalone Redis. */
final class CachesWithRedisIT extends CachesContract {

    private static final int READS = 200;

    /** After a few that have no answer in time it counts as away. */
    private static final int UNANSWERED_MAX = 10;

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
        CacheBackend.Member hurried = backend.hurriedMember();
        var store = hurried.store();
        node.freeze();
        try {
            double skipped = hurried.count("gleaner.redis.skipped");
            for (int i = 0; i < READS; i++) {
                assertThat(store.get(List.of("k" + i))).isEmpty();
            }
            // A few had no answer in time, and the others did not ask.
            assertThat(hurried.count("gleaner.redis.skipped"))
                    .isGreaterThanOrEqualTo(skipped + READS - UNANSWERED_MAX);
        } finally {
            node.thaw();
            hurried.end().run();
        }
    }
}
