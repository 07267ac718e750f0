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

/** What is queued in all, counted at most once a second. */
public final class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(100);

    private static final Sql SUM =
            Sql.named(
                    "backlog",
                    """
                    SELECT coalesce(sum(backlog), 0) AS tasks,
                        count(*) FILTER (WHERE ready_at > now()) AS waiting,
                        coalesce(greatest(extract(epoch FROM now() - min(ready_at)), 0), 0)
                            AS overdue
                    FROM host
                    WHERE backlog > 0
                    """);

    private final Transactions transactions;
    private final long max;
    private final InstantSource clock;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile Count last = new Count(0, 0, 0, Instant.MIN);

    /**
     * One count.
     *
     * @param tasks queued or in hand
     * @param hostsWaiting host queues that wait for a crawl delay or a backoff to end
     * @param overdueSeconds how long the queue that is due the longest has waited for a worker
     * @param at when the count began
     */
    public record Count(long tasks, long hostsWaiting, double overdueSeconds, Instant at) {}

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
                last = count(now);
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
    public Count lately() {
        Thread counting = Thread.ofVirtual().name("backlog").start(this::tryToCount);
        try {
            counting.join(MOMENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last;
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

    private Count count(Instant now) {
        return transactions.single(
                "backlog",
                handle ->
                        handle.createQuery(SUM.text())
                                .map(
                                        (row, context) ->
                                                new Count(
                                                        row.getLong("tasks"),
                                                        row.getLong("waiting"),
                                                        row.getDouble("overdue"),
                                                        now))
                                .one());
    }
}
