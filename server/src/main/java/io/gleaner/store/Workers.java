package io.gleaner.store;

import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.Task;
import io.gleaner.store.Verdict.Concluded;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who is alive, and what the dead left behind. One heartbeat row per worker, not per lease. */
public final class Workers {

    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    // A queue whose owner has no fresh heartbeat, with the tasks its owner had in hand, in the
    // order
    // in which it began them.
    private static final String ORPHANS =
            """
            SELECT host.id AS host, host.name, host.lease_owner, task.*
            FROM host
            LEFT JOIN worker
                ON worker.id = host.lease_owner
                AND worker.heartbeat_at > now() - :stale * interval '1 millisecond'
            LEFT JOIN task ON task.id = ANY (host.in_hand)
            WHERE host.lease_owner IS NOT NULL AND worker.id IS NULL
            ORDER BY host.id, task.priority, task.rank, task.id
            LIMIT :limit
            """;

    private static final String FREE =
            """
            UPDATE host
            SET lease_owner = NULL,
                in_hand = '{}',
                ready_at = CASE WHEN backlog > 0 THEN greatest(now(), not_before) END
            WHERE id = :host AND lease_owner = :owner
            """;

    private static final int ROWS_MAX = 10_000;

    private final Database database;
    private final Settlement settlement;
    private final int rescuesMax;
    private final int suspectsMax;
    private final InstantSource clock;

    /**
     * @param rescuesMax workers that may die with a task in hand before it comes to a fault
     * @param suspectsMax tasks of one queue that a worker runs at once: any of them may have been
     *     its death
     */
    public Workers(
            Database database,
            Settlement settlement,
            int rescuesMax,
            int suspectsMax,
            InstantSource clock) {
        this.database = database;
        this.settlement = settlement;
        this.rescuesMax = rescuesMax;
        this.suspectsMax = suspectsMax;
        this.clock = clock;
    }

    /** Says that this worker lives. The first call makes it known. */
    public void heartbeat(UUID worker) {
        database.transaction(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO worker (id)
                                        VALUES (:id)
                                        ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()
                                        """)
                                .bind("id", worker)
                                .execute());
    }

    /** Takes the worker off the list; its leases, if any, are free for rescue at once. */
    public void leave(UUID worker) {
        database.transaction(
                handle ->
                        handle.createUpdate("DELETE FROM worker WHERE id = :id")
                                .bind("id", worker)
                                .execute());
    }

    private record Lease(long host, String name, UUID owner) {}

    /**
     * Frees the queues of workers whose last heartbeat is older than {@code stale}. The first tasks
     * that such a worker had in hand may have been running: they go to the tail at the cost of a
     * rescue, or come to a fault when they have none left, so a page that kills its worker does not
     * loop. Those behind them had not begun, stay where they are and pay nothing; should one of
     * them be to blame after all, it is first in the next hand. Repeating it is harmless.
     *
     * @return how many queues were freed
     */
    public int rescue(Duration stale) {
        Map<Lease, List<Verdict>> orphans = orphans(stale);
        orphans.forEach(
                (lease, verdicts) -> {
                    settlement.settle(verdicts);
                    free(lease);
                });
        forget();
        return orphans.size();
    }

    private Map<Lease, List<Verdict>> orphans(Duration stale) {
        Map<Lease, List<Verdict>> orphans = new LinkedHashMap<>();
        database.read(
                handle -> {
                    handle.createQuery(ORPHANS)
                            .bind("stale", stale.toMillis())
                            .bind("limit", ROWS_MAX)
                            .map(
                                    (row, context) -> {
                                        var lease =
                                                new Lease(
                                                        row.getLong("host"),
                                                        row.getString("name"),
                                                        row.getObject("lease_owner", UUID.class));
                                        List<Verdict> verdicts =
                                                orphans.computeIfAbsent(
                                                        lease, key -> new ArrayList<>());
                                        if (row.getString("url") != null
                                                && verdicts.size() < suspectsMax) {
                                            Task task = HostQueues.task(row);
                                            verdicts.add(verdict(task, lease.name()));
                                        }
                                        return lease;
                                    })
                            .list();
                    return orphans;
                });
        return orphans;
    }

    private Verdict verdict(Task task, String host) {
        if (task.rescues() < rescuesMax) {
            return new Verdict.Rescued(task, host);
        }
        var fault =
                new Page.Fault(
                        task.url(),
                        FaultCode.WORKER_LOST,
                        "%d workers died while they had it in hand".formatted(task.rescues() + 1),
                        null,
                        clock.instant(),
                        task.depth(),
                        task.attempt());
        return new Concluded(task, host, fault, List.of());
    }

    private void free(Lease lease) {
        database.transaction(
                handle ->
                        handle.createUpdate(FREE)
                                .bind("host", lease.host())
                                .bind("owner", lease.owner())
                                .execute());
    }

    private void forget() {
        database.transaction(
                handle ->
                        handle.createUpdate(
                                        """
                                        DELETE FROM worker
                                        WHERE heartbeat_at < now() - :age * interval '1 millisecond'
                                        """)
                                .bind("age", FORGET_AFTER.toMillis())
                                .execute());
    }
}
