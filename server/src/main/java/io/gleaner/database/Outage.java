package io.gleaner.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database is known to be away. While it is, one caller at a time may try it and all
 * others are refused at once, so that requests fail fast instead of queueing for connections (a
 * circuit breaker; the one that tries is its half-open state).
 */
final class Outage {

    private final InstantSource clock;
    private final AtomicReference<@Nullable Instant> since = new AtomicReference<>();
    private final Semaphore probe = new Semaphore(1);

    Outage(InstantSource clock) {
        this.clock = clock;
    }

    /** A permission to use the database; ended by closing it. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @throws DatabaseException at once when the database is away and somebody else is trying it
     */
    Pass enter() {
        Instant began = since.get();
        if (began == null) {
            return () -> {};
        }
        if (probe.tryAcquire()) {
            return probe::release;
        }
        throw new DatabaseException(
                "the database cannot be reached, for %d s now: submissions and queries are refused until it is back"
                        .formatted(Duration.between(began, clock.instant()).toSeconds()));
    }

    /** The database could not be used. Answers whether this is news. */
    boolean began() {
        return since.compareAndSet(null, clock.instant());
    }

    /** The database was used. */
    void over() {
        if (since.get() != null) {
            since.set(null);
        }
    }

    boolean isOn() {
        return since.get() != null;
    }
}
