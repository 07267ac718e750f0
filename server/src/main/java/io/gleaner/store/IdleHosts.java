package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Removes the rows of hosts that have had no task for {@link #IDLE_MAX}. It walks through {@code
 * host} in the order of ids, some way each time and round and round, because an index over the time
 * of their last use would make every settlement write it.
 */
final class IdleHosts {

    static final Duration IDLE_MAX = Duration.ofDays(30);
    private static final int SLICE = 2_000;

    /** Half a million hosts in one go at most. */
    private static final int SLICES_MAX = 250;

    private static final Sql SLICE_END =
            Sql.named(
                    "hosts-slice",
                    """
                    SELECT coalesce(max(id), 0)
                    FROM (SELECT id FROM host WHERE id > :after ORDER BY id LIMIT :slice) slice
                    """);

    // A host that a submission has locked gets a task: it is stepped over, and nobody is waited
    // for. One that a submission waits for meanwhile is inserted anew by it.
    private static final Sql REMOVE =
            Sql.named(
                    "hosts-remove",
                    """
                    DELETE FROM host
                    WHERE id = ANY (ARRAY(
                        SELECT id
                        FROM host
                        WHERE id > :after AND id <= :end
                            AND backlog = 0 AND lease_owner IS NULL
                            AND touched_at < now() - :idle * interval '1 second'
                            AND (not_before IS NULL OR not_before < now())
                        FOR UPDATE SKIP LOCKED
                    ))
                    """);

    private static final Sql LAST =
            Sql.named("hosts-last", "SELECT coalesce(max(id), 0) FROM host");

    private final Transactions transactions;
    private final int slice;
    private long after = -1;

    IdleHosts(Transactions transactions) {
        this(transactions, SLICE);
    }

    /**
     * @param slice hosts looked at in one transaction
     */
    IdleHosts(Transactions transactions, int slice) {
        this.transactions = transactions;
        this.slice = slice;
    }

    /** Answers how many are gone. */
    int remove() {
        if (after < 0) {
            // Anywhere, for a process may end before it has been round.
            after = ThreadLocalRandom.current().nextLong(last() + 1);
        }
        long began = after;
        boolean round = false;
        int gone = 0;
        for (int n = 0; n < SLICES_MAX && !(round && after >= began); n++) {
            long end = end();
            if (end > 0) {
                gone += remove(end);
                after = end;
            } else if (round) {
                break; // There are none.
            } else {
                round = true;
                after = 0;
            }
        }
        return gone;
    }

    private int remove(long end) {
        return transactions.single(
                "hosts-remove",
                handle ->
                        handle.createUpdate(REMOVE.text())
                                .bind("after", after)
                                .bind("end", end)
                                .bind("idle", IDLE_MAX.toSeconds())
                                .execute());
    }

    /** The last host of the next slice; 0 when there is none. */
    private long end() {
        return transactions.single(
                "hosts-slice",
                handle ->
                        handle.createQuery(SLICE_END.text())
                                .bind("after", after)
                                .bind("slice", slice)
                                .mapTo(Long.class)
                                .one());
    }

    private long last() {
        return transactions.single(
                "hosts-last", handle -> handle.createQuery(LAST.text()).mapTo(Long.class).one());
    }
}
