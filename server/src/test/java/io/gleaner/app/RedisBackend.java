package io.gleaner.app;

import static org.awaitility.Awaitility.await;

import io.gleaner.redis.Redis;
import io.gleaner.redis.RedisBus;
import io.gleaner.redis.RedisConfig;
import io.gleaner.redis.RedisStore;
import io.gleaner.testing.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Processes that share a Redis.
 *
 * @param server what to close at the end
 */
record RedisBackend(String url, Runnable server) implements CacheBackend {

    private static final int COMMANDS_MAX = 10_000;

    @Override
    public Member member() {
        return member(new RedisConfig(url, Patience.LONG, COMMANDS_MAX));
    }

    @Override
    public Member hurriedMember() {
        return member(RedisConfig.of(url));
    }

    private static Member member(RedisConfig config) {
        var metrics = new SimpleMeterRegistry();
        Redis redis = Redis.start(config, metrics);
        await().until(redis::isUp);
        RedisBus bus = RedisBus.start(redis, metrics);
        return new Member(
                new RedisStore(redis),
                bus,
                metrics,
                () -> {
                    bus.close();
                    redis.close();
                });
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void close() {
        server.run();
    }
}
