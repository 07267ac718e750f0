package io.gleaner.cache;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the invalidations of keys, so that who loads can tell whether one came meanwhile. Keys
 * share counters by hash: an invalidation may hit a neighbour too, which costs it a load.
 */
final class Epochs {

    private static final int STRIPES = 4096;

    private final AtomicLongArray stripes = new AtomicLongArray(STRIPES);
    private final AtomicLong all = new AtomicLong();

    long of(String key) {
        return stripes.get(stripe(key)) + all.get();
    }

    void advance(String key) {
        stripes.incrementAndGet(stripe(key));
    }

    void advanceAll() {
        all.incrementAndGet();
    }

    private static int stripe(String key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }
}
