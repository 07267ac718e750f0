package io.gleaner.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.cache.LocalRateLimits;
import io.gleaner.cache.RateLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rates that two processes count together. */
final class RedisRateLimitsIT {

    private static final int PER_MINUTE = 30;

    private final RedisNode node = RedisNode.start();
    private final Redis one = start();
    private final Redis other = start();

    private Redis start() {
        Redis redis =
                Redis.start(
                        new RedisConfig(node.url(), Duration.ofSeconds(5), 1_000),
                        new SimpleMeterRegistry());
        await().until(redis::isUp);
        return redis;
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        node.close();
    }

    private static RateLimits limits(Redis redis) {
        return new RedisRateLimits(redis, new LocalRateLimits(InstantSource.system()));
    }

    @Test
    void aRateIsOneForAllProcessesHoweverManyAskAtOnce() throws Exception {
        RateLimits first = limits(one);
        RateLimits second = limits(other);
        List<Future<Duration>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4 * PER_MINUTE; i++) {
                RateLimits limits = i % 2 == 0 ? first : second;
                answers.add(threads.submit(() -> limits.take("key", PER_MINUTE)));
            }
        }
        List<Duration> waits = new ArrayList<>();
        for (Future<Duration> answer : answers) {
            waits.add(answer.get());
        }
        assertThat(waits).filteredOn(Duration::isZero).hasSize(PER_MINUTE);
        assertThat(waits)
                .filteredOn(wait -> !wait.isZero())
                .allMatch(wait -> wait.compareTo(Duration.ofMinutes(1)) <= 0)
                .allMatch(wait -> wait.compareTo(Duration.ofSeconds(40)) > 0);
        assertThat(first.take("another key", PER_MINUTE)).isZero();
    }

    @Test
    void withoutRedisEachProcessCountsForItself() {
        RateLimits first = limits(one);
        node.kill();
        await().until(() -> !one.isUp());
        for (int i = 0; i < PER_MINUTE; i++) {
            assertThat(first.take("key", PER_MINUTE)).isZero();
        }
        assertThat(first.take("key", PER_MINUTE)).isPositive();
    }
}
