package io.gleaner.app;

import io.gleaner.redis.RedisNodes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Processes that share a Redis Cluster of three masters. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CachesWithRedisClusterIT extends CachesContract {

    private final RedisNodes nodes = RedisNodes.start();

    @Override
    CacheBackend open() {
        return new RedisBackend(nodes.url(), nodes::close);
    }

    /** The last one, since the master stays dead. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whileAMasterFailsOverNothingIsOlderThanBothLevelsKeepIt() throws Exception {
        Duration bound = CacheStress.FRESH.multipliedBy(2).plusSeconds(1);
        new CacheStress(backend, bound)
                .run(
                        Duration.ofSeconds(14),
                        () -> {
                            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                            nodes.killAMaster();
                            nodes.awaitOk();
                        });
    }
}
