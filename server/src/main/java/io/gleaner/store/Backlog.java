package io.gleaner.store;

import io.gleaner.database.DatabaseException;
import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many tasks are queued in all, counted at most once a second. */
public final class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(100);

    private static final Sql SUM =
            Sql.named("backlog", "SELECT coalesce(sum(backlog), 0) FROM host WHERE backlog > 0");

    private final Transactions transactions;
    private final long max;
    private final InstantSource clock;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile Count last = new Count(0, Instant.MIN);

    private record Count(long tasks, Instant at) {}

    public Backlog(Transactions transactions, long max, InstantSource clock) {
        this.transactions = transactions;
        this.max = max;
        this.clock = clock;
    }

    /** Tasks queued or in hand, about a second old at most: one caller counts, the others go on. */
    public long tasks() {
        Instant now = clock.instant();
        if (last.at().isBefore(now.minus(FRESH)) && counting.compareAndSet(false, true)) {
            try {
                last = new Count(count(), now);
            } finally {
                counting.set(false);
            }
        }
        return last.tasks();
    }

    /**
     * As {@link #tasks}, for those who must not wait for a database that does not answer: a count
     * that takes longer than a moment is for the next who asks.
     */
    public long lately() {
        Thread counting = Thread.ofVirtual().name("backlog").start(this::tryToCount);
        try {
            counting.join(MOMENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last.tasks();
    }

    private void tryToCount() {
        try {
            tasks();
        } catch (DatabaseException e) {
            LOG.debug("no count of the backlog", e);
        }
    }

    boolean isFull() {
        return tasks() >= max;
    }

    private long count() {
        return transactions.single(
                "backlog", handle -> handle.createQuery(SUM.text()).mapTo(Long.class).one());
    }
}
