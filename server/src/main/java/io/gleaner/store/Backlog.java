package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How many tasks are queued in all, counted at most once a second. */
public final class Backlog {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final Sql SUM =
            Sql.named("backlog", "SELECT coalesce(sum(backlog), 0) FROM host WHERE backlog > 0");

    private final Transactions transactions;
    private final long max;
    private final InstantSource clock;
    private volatile Count last = new Count(0, Instant.MIN);

    private record Count(long tasks, Instant at) {}

    public Backlog(Transactions transactions, long max, InstantSource clock) {
        this.transactions = transactions;
        this.max = max;
        this.clock = clock;
    }

    /** Tasks queued or in hand, at most a second old. */
    public long tasks() {
        Instant now = clock.instant();
        Count count = last;
        if (count.at().isBefore(now.minus(FRESH))) {
            count = new Count(count(), now);
            last = count;
        }
        return count.tasks();
    }

    boolean isFull() {
        return tasks() >= max;
    }

    private long count() {
        return transactions.single(
                "backlog", handle -> handle.createQuery(SUM.text()).mapTo(Long.class).one());
    }
}
