package io.gleaner.store;

import io.gleaner.database.DatabaseException;
import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** Host queues that wait are counted up to here: a count of all takes the longer the more. */
    public static final int HOSTS_WAITING_MAX = 1_000;

    /** More renderers than one do not help one host. */
    public static final int FOR_BROWSERS_EACH_MAX = 6;

    /** Changes that may lie about before the next who reads makes one of them. */
    private static final int CHANGES_MAX = 1_000;

    private static final int FOLD_MAX = 50_000;

    // No part of it grows with the hosts ever seen nor with the tasks queued (ADR 33).
    private static final Sql COUNT =
            Sql.named(
                    "backlog",
                    """
                    SELECT coalesce(sum(tasks), 0)::bigint AS tasks,
                        count(*) AS changes,
                        (SELECT count(*)
                         FROM (SELECT FROM host WHERE ready_at > now() ORDER BY ready_at LIMIT :hosts)
                            waiting
                        ) AS waiting,
                        (SELECT coalesce(sum(least(backlog, :each)), 0)::bigint
                         FROM (SELECT backlog FROM host WHERE for_browser AND ready_at <= now() LIMIT :hosts)
                            browsing
                        ) AS for_browsers,
                        (SELECT coalesce(greatest(extract(epoch FROM now() - min(ready_at)), 0), 0)
                         FROM host
                         WHERE ready_at IS NOT NULL
                        ) AS overdue
                    FROM backlog_change
                    """);

    // Changes are never updated, so a row that is locked here is the one that was read. What two do
    // at the same time is done to different rows, and the sum is the same in every snapshot. The
    // commit need not wait for the disk: undone by a crash, the changes are as they were.
    private static final Sql FOLD =
            Sql.named(
                    "backlog-fold",
                    """
                    WITH folded AS (
                        DELETE FROM backlog_change
                        WHERE ctid = ANY (ARRAY(
                            SELECT ctid
                            FROM backlog_change
                            LIMIT :changes
                            FOR UPDATE SKIP LOCKED
                        ))
                        RETURNING tasks
                    )
                    INSERT INTO backlog_change (tasks)
                    SELECT sum(tasks)
                    FROM folded
                    CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) unflushed
                    HAVING sum(tasks) <> 0
                    """);

    private final Transactions transactions;
    private final long max;
    private final InstantSource clock;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile Count last = new Count(0, 0, 0, 0, Instant.MIN);

    /**
     * One count.
     *
     * @param tasks queued or in hand
     * @param hostsWaiting host queues that wait for a crawl delay or a backoff to end, counted up
     *     to {@link #HOSTS_WAITING_MAX}
     * @param forBrowsers tasks of host queues that are due for a renderer, of each at most {@link
     *     #FOR_BROWSERS_EACH_MAX}
     * @param overdueSeconds how long the queue that is due the longest has waited for a worker
     * @param at when the count began
     */
    public record Count(
            long tasks, long hostsWaiting, long forBrowsers, double overdueSeconds, Instant at) {}

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
        Tally tally =
                transactions.single(
                        "backlog",
                        handle ->
                                handle.createQuery(COUNT.text())
                                        .bind("hosts", HOSTS_WAITING_MAX)
                                        .bind("each", FOR_BROWSERS_EACH_MAX)
                                        .map((row, context) -> tally(row, now))
                                        .one());
        if (tally.changes() > CHANGES_MAX) {
            fold();
        }
        return tally.count();
    }

    /** A count, and of how many changes it was added up. */
    private record Tally(Count count, long changes) {}

    private static Tally tally(ResultSet row, Instant now) throws SQLException {
        return new Tally(
                new Count(
                        row.getLong("tasks"),
                        row.getLong("waiting"),
                        row.getLong("for_browsers"),
                        row.getDouble("overdue"),
                        now),
                row.getLong("changes"));
    }

    /** Makes one row of many. */
    private void fold() {
        transactions.single(
                "backlog-fold",
                handle -> handle.createUpdate(FOLD.text()).bind("changes", FOLD_MAX).execute());
    }
}
