package io.gleaner.transport;

import java.time.Duration;

/**
 * How long somebody may still be waited for: waiting spends it, and each byte that moves earns some
 * back. So whoever keeps the pace is waited for without end, a pause is forgiven, and a byte now
 * and then is not enough. Not for more than one thread.
 */
final class Patience {

    private static final long SECOND = 1_000_000_000;

    private final long max;
    private final long perByte;
    private long left;

    Patience(Duration max, int bytesPerSecond) {
        this.max = max.toNanos();
        this.perByte = SECOND / bytesPerSecond;
        this.left = this.max;
    }

    /** As it was at first. */
    void renew() {
        left = max;
    }

    /** Nanoseconds that may be waited for this many bytes. */
    long of(int bytes) {
        return Math.max(0, left + bytes * perByte);
    }

    void spend(long nanos, int bytes) {
        left = Math.min(max, left - nanos + bytes * perByte);
    }
}
