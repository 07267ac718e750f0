package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.Task;
import io.gleaner.store.Verdict.Concluded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Who is alive, and what the dead left behind. One heartbeat row per worker, not per lease. */
public final class Workers {

    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    // A queue whose owner has no fresh heartbeat, with the tasks its owner had in hand, in the
    // order in which it began them. The queues come first and by host_owner: for the sake of the
    // order below they would be looked for among all hosts.
    private static final Sql ORPHANS =
            Sql.named(
                    "orphans",
                    """
                    WITH orphan AS MATERIALIZED (
                        SELECT host.id AS host, host.name, host.lease_owner, host.lease, host.in_hand
                        FROM host
                        LEFT JOIN worker
                            ON worker.id = host.lease_owner
                            AND worker.heartbeat_at
                                > timestamptz 'epoch' + :since * interval '1 microsecond'
                        WHERE host.lease_owner IS NOT NULL AND worker.id IS NULL
                    )
                    SELECT orphan.host, orphan.name, orphan.lease_owner, orphan.lease, task.id, task.host_id,
                           task.job_id, task.url, task.depth, task.attempt, task.rescues, task.refusals,
                           task.render_why
                    FROM orphan
                    LEFT JOIN task ON task.id = ANY (orphan.in_hand)
                    ORDER BY orphan.host, task.priority, task.rank, task.id
                    LIMIT :limit
                    """);

    // Since its owner's last sign of life the host was not asked, so it did not fail.
    private static final Sql FREE =
            Sql.named(
                    "orphans-free",
                    """
                    UPDATE host
                    SET lease_owner = NULL,
                        in_hand = '{}',
                        failing_since = failing_since
                            + (now() - coalesce((SELECT heartbeat_at FROM worker WHERE id = t.owner), now())),
                        ready_at = CASE WHEN backlog > 0 THEN greatest(now(), not_before) END
                    FROM unnest(:hosts, :owners, :leases) AS t (host, owner, lease)
                    WHERE host.id = t.host AND host.lease_owner = t.owner AND host.lease = t.lease
                    """);

    private static final Sql HEARTBEAT =
            Sql.named(
                    "heartbeat",
                    """
                    INSERT INTO worker (id)
                    VALUES (:id)
                    ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()
                    """);

    private static final Sql NOW = Sql.named("now", "SELECT now()");

    private static final Sql LEAVE = Sql.named("leave", "DELETE FROM worker WHERE id = :id");

    // Who still owns queues is needed for their rescue.
    private static final Sql FORGET =
            Sql.named(
                    "forget",
                    """
                    DELETE FROM worker
                    WHERE heartbeat_at < now() - :age * interval '1 millisecond'
                        AND NOT EXISTS (SELECT FROM host WHERE lease_owner = worker.id)
                    """);

    private static final int ROWS_MAX = 10_000;
    private static final int SETTLE_MAX = 500;

    private final Transactions transactions;
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
            Transactions transactions,
            Settlement settlement,
            int rescuesMax,
            int suspectsMax,
            InstantSource clock) {
        this.transactions = transactions;
        this.settlement = settlement;
        this.rescuesMax = rescuesMax;
        this.suspectsMax = suspectsMax;
        this.clock = clock;
    }

    /** Says that this worker lives. The first call makes it known. */
    public void heartbeat(UUID worker) {
        update("heartbeat", HEARTBEAT, update -> update.bind("id", worker));
    }

    /** What time it is for the database, by which heartbeats are judged. */
    public Instant now() {
        return transactions.single(
                "now",
                handle ->
                        handle.createQuery(NOW.text())
                                .map((row, context) -> row.getTimestamp(1).toInstant())
                                .one());
    }

    /** Takes the worker off the list; its leases, if any, are free for rescue at once. */
    public void leave(UUID worker) {
        update("leave", LEAVE, update -> update.bind("id", worker));
    }

    private void update(String name, Sql sql, UnaryOperator<Update> bind) {
        transactions.single(name, handle -> bind.apply(handle.createUpdate(sql.text())).execute());
    }

    /**
     * What a rescue came to.
     *
     * @param queues how many were freed
     * @param changed jobs whose counters or state changed
     */
    public record Rescued(int queues, Set<UUID> changed) {}

    /** Frees the queues of workers whose last heartbeat is older than {@code stale} now. */
    public Rescued rescue(Duration stale) {
        return rescue(now().minus(stale));
    }

    /**
     * Frees the queues of workers whose last heartbeat came before {@code since}, by the database's
     * clock. The first tasks that such a worker had in hand may have been running: they go to the
     * tail at the cost of a rescue, or come to a fault when they have none left, so a page that
     * kills its worker does not loop. Those behind them had not begun, stay where they are and pay
     * nothing; should one of them be to blame after all, it is first in the next hand. Repeating it
     * is harmless.
     */
    public Rescued rescue(Instant since) {
        Map<Lease, List<Verdict>> orphans = orphans(since);
        Set<UUID> changed = new HashSet<>();
        List<Verdict> inHand = orphans.values().stream().flatMap(List::stream).toList();
        for (int from = 0; from < inHand.size(); from += SETTLE_MAX) {
            int to = Math.min(from + SETTLE_MAX, inHand.size());
            changed.addAll(settlement.settle(inHand.subList(from, to)).changed());
        }
        free(List.copyOf(orphans.keySet()));
        update("forget", FORGET, update -> update.bind("age", FORGET_AFTER.toMillis()));
        return new Rescued(orphans.size(), changed);
    }

    private Map<Lease, List<Verdict>> orphans(Instant since) {
        Map<Lease, List<Verdict>> orphans = new LinkedHashMap<>();
        transactions.single(
                "orphans",
                handle -> {
                    handle.createQuery(ORPHANS.text())
                            .bind("since", ChronoUnit.MICROS.between(Instant.EPOCH, since))
                            .bind("limit", ROWS_MAX)
                            .map(
                                    (row, context) -> {
                                        var lease =
                                                new Lease(
                                                        row.getLong("host"),
                                                        row.getString("name"),
                                                        row.getObject("lease_owner", UUID.class),
                                                        row.getLong("lease"));
                                        List<Verdict> verdicts =
                                                orphans.computeIfAbsent(
                                                        lease, key -> new ArrayList<>());
                                        if (row.getString("url") != null
                                                && verdicts.size() < suspectsMax) {
                                            Task task = HostQueues.task(row);
                                            verdicts.add(verdict(task, lease));
                                        }
                                        return lease;
                                    })
                            .list();
                    return orphans;
                });
        return orphans;
    }

    private Verdict verdict(Task task, Lease lease) {
        if (task.rescues() < rescuesMax) {
            return new Verdict.Rescued(task, lease);
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
        return new Concluded(task, lease, fault, List.of());
    }

    private void free(List<Lease> leases) {
        if (!leases.isEmpty()) {
            transactions.runRepeatable("orphans-free", handle -> free(handle, leases));
        }
    }

    private static int free(Handle handle, List<Lease> leases) {
        HostLock.lock(handle, leases.stream().map(Lease::hostId).toList());
        return handle.createUpdate(FREE.text())
                .bind("hosts", Column.int8(leases, Lease::hostId))
                .bind("owners", Column.uuid(leases, Lease::worker))
                .bind("leases", Column.int8(leases, Lease::number))
                .execute();
    }
}
