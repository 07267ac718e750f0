package io.gleaner.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/** Sliding windows of this process: exact, each taking as much memory as it allows. */
public final class LocalRateLimits implements RateLimits {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int KEYS_MAX = 100_000;

    private final InstantSource clock;
    private final LoadingCache<String, Window> windows =
            Caffeine.newBuilder()
                    .maximumSize(KEYS_MAX)
                    .expireAfterAccess(WINDOW.multipliedBy(2))
                    .build(key -> new Window());

    public LocalRateLimits(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Duration take(String key, int perMinute) {
        return windows.get(key).take(clock.millis(), perMinute);
    }

    private static final class Window {
        private final ReentrantLock lock = new ReentrantLock();
        private final Deque<Long> taken = new ArrayDeque<>();

        Duration take(long now, int most) {
            lock.lock();
            try {
                while (!taken.isEmpty() && taken.getFirst() <= now - WINDOW.toMillis()) {
                    taken.removeFirst();
                }
                if (taken.size() < most) {
                    taken.addLast(now);
                    return Duration.ZERO;
                }
                return Duration.ofMillis(taken.getFirst() + WINDOW.toMillis() - now);
            } finally {
                lock.unlock();
            }
        }
    }
}
