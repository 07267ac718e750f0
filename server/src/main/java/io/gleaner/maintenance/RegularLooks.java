package io.gleaner.maintenance;

import io.gleaner.database.DatabaseException;
import io.gleaner.loop.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Duration staleAfter;
    private final List<Loop> loops = new ArrayList<>();
    private Instant before = Instant.EPOCH;
    private Instant regularSince = Instant.EPOCH;
    private volatile @Nullable Instant last;
    private final Semaphore looked = new Semaphore(0);

    RegularLooks(Supplier<Instant> databaseTime, Duration staleAfter) {
        this.databaseTime = databaseTime;
        this.staleAfter = staleAfter;
    }

    /**
     * @param every pause between two looks
     * @param staleAfter silence after which a worker counts as dead; half of it without a look is
     *     an interruption
     */
    static RegularLooks begin(
            Supplier<Instant> databaseTime,
            Duration every,
            Duration staleAfter,
            MeterRegistry metrics) {
        var looks = new RegularLooks(databaseTime, staleAfter);
        looks.loops.add(Loop.every(every, "regular-looks", metrics, looks::look));
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
            took(databaseTime.get());
        } catch (DatabaseException e) {
            LOG.debug("no look: {}", e.getMessage());
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
        loops.forEach(Loop::stop);
    }
}
