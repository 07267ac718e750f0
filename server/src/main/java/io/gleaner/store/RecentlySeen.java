package io.gleaner.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys that are surely in {@code seen} already, so that the table need not be asked about every
 * link of every page. Bounded; what it forgets costs a question and nothing else.
 */
final class RecentlySeen {

    private static final int JOBS_MAX = 16;
    private static final int KEYS_MAX = 100_000;

    private final Cache<UUID, Set<UUID>> jobs = Caffeine.newBuilder().maximumSize(JOBS_MAX).build();

    boolean contains(Seen.Key key) {
        Set<UUID> keys = jobs.getIfPresent(key.job());
        return keys != null && keys.contains(key.key());
    }

    /** Call after the commit that stored the keys. */
    void add(Collection<Seen.Key> stored) {
        for (Seen.Key key : stored) {
            Set<UUID> keys = jobs.get(key.job(), id -> ConcurrentHashMap.newKeySet());
            if (keys.size() < KEYS_MAX) {
                keys.add(key.key());
            }
        }
    }
}
