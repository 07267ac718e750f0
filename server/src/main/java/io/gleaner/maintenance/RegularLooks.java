package io.gleaner.maintenance;

import io.gleaner.database.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the database as often as workers give signs of life, and so knows up to when each of
 * them had the chance to: after an outage of the database, or when this machine slept, nobody's
 * heartbeat is fresh. In a thread of its own, because a chore that takes long is neither.
 */
final class RegularLooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegularLooks.class);

    private final Supplier<Instant> databaseTime;
    private final Duration every;
    private final Duration staleAfter;
    private final CountDownLatch stop = new CountDownLatch(1);
    private Instant before = Instant.EPOCH;
    private Instant regularSince = Instant.EPOCH;
    private volatile @Nullable Instant last;
    private final Semaphore looked = new Semaphore(0);

    RegularLooks(Supplier<Instant> databaseTime, Duration every, Duration staleAfter) {
        this.databaseTime = databaseTime;
        this.every = every;
        this.staleAfter = staleAfter;
    }

    /**
     * @param every pause between two looks
     * @param staleAfter silence after which a worker counts as dead; half of it without a look is
     *     an interruption
     */
    static RegularLooks begin(Supplier<Instant> databaseTime, Duration every, Duration staleAfter) {
        var looks = new RegularLooks(databaseTime, every, staleAfter);
        Thread.ofVirtual().name("regular-looks").start(looks::look);
        return looks;
    }

    /**
     * The last look, by the database's clock, if looks had been regular for as long as a worker may
     * be silent: who was silent for so long by then is dead.
     */
    Optional<Instant> last() {
        return Optional.ofNullable(last);
    }

    /** Waits for the next look, at most so long. */
    void awaitNext(Duration longest) throws InterruptedException {
        if (looked.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            looked.drainPermits();
        }
    }

    private void look() {
        try {
            while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    took(databaseTime.get());
                } catch (DatabaseException e) {
                    LOG.debug("no look: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void took(Instant now) {
        if (now.isAfter(before.plus(staleAfter.dividedBy(2)))) {
            regularSince = now;
        }
        before = now;
        if (!now.isBefore(regularSince.plus(staleAfter))) {
            last = now;
        }
        looked.release();
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
