package io.gleaner.fetch;

import io.gleaner.job.FaultCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets only so many bodies be large at the same time. Thousands of fetches with small bodies fit
 * any heap; a few dozen with the largest allowed would not, and hosts choose what they send. A body
 * that grows past {@link #SMALL_BYTES_MAX} waits for its turn, and its sender with it.
 */
final class LargeBodies {

    static final int SMALL_BYTES_MAX = 512 << 10;

    private final Semaphore turns;

    LargeBodies(int atOnceMax) {
        this.turns = new Semaphore(atOnceMax, true);
    }

    /** As many as fit a quarter of the heap, each held twice while it is put together. */
    static LargeBodies fitting(long heapBytes, long bodyMaxBytes) {
        long fit = heapBytes / 4 / (2 * bodyMaxBytes);
        return new LargeBodies(Math.clamp(fit, 1, 10_000));
    }

    /** Waits for a turn; pair with {@link #leave}. */
    void enter(Duration patience) throws IOException {
        try {
            if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw BodyFault.failed(FaultCode.TIMEOUT, "waited too long for other large bodies");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    void leave() {
        turns.release();
    }
}
