package io.gleaner.cache;

import java.time.Duration;

/** Counts what was done in the last minute, for each key. */
public interface RateLimits {

    /**
     * Takes one of the {@code perMinute} that any minute allows.
     *
     * @return zero when it was taken; else how long until the next one is free
     */
    Duration take(String key, int perMinute);
}
