package io.gleaner.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keys that are surely in {@code seen} already, and at which depth at most, so that the table need
 * not be asked about every link of every page. Bounded; what it forgets costs a question and
 * nothing else.
 */
final class RecentlySeen {

    private static final int JOBS_MAX = 16;
    private static final int KEYS_MAX = 100_000;

    private final Cache<UUID, ConcurrentMap<UUID, Integer>> jobs =
            Caffeine.newBuilder().maximumSize(JOBS_MAX).build();

    /** Whether the key is there, and no deeper than this. */
    boolean contains(Seen.Key key, int depth) {
        Map<UUID, Integer> keys = jobs.getIfPresent(key.job());
        Integer known = keys == null ? null : keys.get(key.key());
        return known != null && known <= depth;
    }

    /** Call after the commit that stored the keys. */
    void add(Map<Seen.Key, Integer> stored) {
        stored.forEach(
                (key, depth) -> {
                    var keys = jobs.get(key.job(), id -> new ConcurrentHashMap<>());
                    if (keys.size() < KEYS_MAX) {
                        keys.merge(key.key(), depth, Math::min);
                    }
                });
    }
}
