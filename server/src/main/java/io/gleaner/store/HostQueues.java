package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/** The host queues in PostgreSQL: who serves which. Every public method is one transaction. */
public final class HostQueues {

    // SKIP LOCKED lets workers lease side by side without waiting for one another. Only host rows
    // are written: a task stays untouched until settle deletes it. The last join brings the job's
    // state, so that the tasks of a cancelled job are met here and dropped. The update finds its
    // rows by an array: joined with due, whose length is not known when the statement is prepared,
    // it would be planned to read all of host. The commit does not wait for the disk: settling is
    // what counts, and a lease that a crash of PostgreSQL undoes is as if it had never been given
    // (ADR 21). A host fails only while it is asked: a queue that was due and lay there, because no
    // worker ran or all were busy, takes up none of our patience.
    private static final String LEASE_TEXT =
            """
            WITH due AS (
                SELECT id, ready_at
                FROM host
                WHERE ready_at <= now() %s
                ORDER BY ready_at
                LIMIT :hosts
                FOR UPDATE SKIP LOCKED
            ), head AS (
                SELECT t.*
                FROM due
                CROSS JOIN LATERAL (
                    SELECT id, host_id, job_id, priority, rank, url, depth, attempt, rescues, refusals, render_why
                    FROM task
                    WHERE host_id = due.id
                    ORDER BY priority, rank, id
                    LIMIT :tasks
                ) t
            ), leased AS (
                UPDATE host
                SET lease_owner = :worker,
                    lease = :lease,
                    ready_at = NULL,
                    in_hand = coalesce(
                        (SELECT array_agg(head.id) FROM head WHERE head.host_id = host.id), '{}')
                WHERE id = ANY (ARRAY(SELECT id FROM due))
                RETURNING host.id, name, failures, answered_at, crawl_delay_ms,
                          failing_since + (now() - (SELECT due.ready_at FROM due WHERE due.id = host.id))
                              AS failing_since
            )
            SELECT leased.id AS host, name, failures, failing_since, answered_at, crawl_delay_ms,
                   head.*, job.state = 'RUNNING' AS live
            FROM leased
            CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) unflushed
            LEFT JOIN head ON head.host_id = leased.id
            LEFT JOIN job ON job.id = head.job_id
            ORDER BY leased.id, head.priority, head.rank, head.id
            """;

    // Three statements and not one with a parameter: each has the plan that its own index gives it.
    private static final Map<QueueKind, Sql> LEASES =
            Map.of(
                    QueueKind.ANY,
                    Sql.named("lease", LEASE_TEXT.formatted("")),
                    QueueKind.PLAIN,
                    Sql.named("lease-plain", LEASE_TEXT.formatted("AND NOT for_browser")),
                    QueueKind.FOR_BROWSER,
                    Sql.named("lease-for-browser", LEASE_TEXT.formatted("AND for_browser")));

    // The owner's hands hold few tasks, all at the heads of the queues, so stepping over them is
    // cheap. Most who ask find nothing: then nothing is locked or written.
    private static final Sql MORE =
            Sql.named(
                    "lease-more",
                    """
                    SELECT head.*, host.name, host.lease, job.state = 'RUNNING' AS live
                    FROM host
                    CROSS JOIN LATERAL (
                        SELECT id, host_id, job_id, priority, rank, url, depth, attempt, rescues, refusals, render_why
                        FROM task
                        WHERE host_id = host.id AND id <> ALL (:inHand)
                        ORDER BY priority, rank, id
                        LIMIT :tasks
                    ) head
                    JOIN job ON job.id = head.job_id
                    WHERE host.id = ANY (:hosts)
                        AND lease_owner = :worker
                        AND (host.id, host.lease) IN (SELECT * FROM unnest(:hosts, :leases))
                    ORDER BY head.host_id, head.priority, head.rank, head.id
                    """);

    // Not waiting for the disk is as good here as for a lease.
    private static final Sql HOLD =
            Sql.named(
                    "lease-hold",
                    """
                    WITH held AS (
                        UPDATE host
                        SET in_hand = ARRAY(SELECT unnest(in_hand) INTERSECT SELECT unnest(:inHand))
                            || ARRAY(SELECT new.task FROM unnest(:taskHosts, :tasks) AS new (host, task)
                                     WHERE new.host = host.id)
                        WHERE id = ANY (:hosts)
                            AND lease_owner = :worker
                            AND (id, lease) IN (SELECT * FROM unnest(:hosts, :leases))
                        RETURNING id
                    )
                    SELECT held.id
                    FROM held
                    CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) unflushed
                    """);

    private static final Sql RELEASE =
            Sql.named(
                    "release",
                    """
                    UPDATE host
                    SET lease_owner = NULL,
                        in_hand = '{}',
                        not_before = input.not_before,
                        failures = input.failures,
                        failing_since = input.failing_since,
                        answered_at = input.answered_at,
                        crawl_delay_ms = input.crawl_delay_ms,
                        wait_reason = input.wait_reason,
                        for_browser = input.for_browser,
                        ready_at = CASE WHEN backlog > 0 THEN greatest(now(), input.not_before) END
                    FROM (
                        SELECT host, lease, failures, crawl_delay_ms, wait_reason, for_browser,
                               timestamptz 'epoch' + not_before * interval '1 microsecond' AS not_before,
                               timestamptz 'epoch' + failing_since * interval '1 microsecond' AS failing_since,
                               timestamptz 'epoch' + answered_at * interval '1 microsecond' AS answered_at
                        FROM unnest(:hosts, :leases, :notBefores, :failures, :failingSinces, :answeredAts, :crawlDelays,
                                    :waitReasons, :forBrowsers)
                            AS t (host, lease, not_before, failures, failing_since, answered_at, crawl_delay_ms,
                                  wait_reason, for_browser)
                    ) input
                    WHERE host.id = input.host AND lease_owner = :worker AND host.lease = input.lease
                    """);

    private static final Sql HAND_BACK =
            Sql.named(
                    "hand-back",
                    """
                    UPDATE host
                    SET lease_owner = NULL,
                        in_hand = '{}',
                        ready_at = CASE WHEN backlog > 0 THEN greatest(now(), not_before) END
                    WHERE lease_owner = :worker
                        AND NOT EXISTS (
                            SELECT FROM unnest(:hosts, :leases) AS known (host, lease)
                            WHERE known.host = host.id AND known.lease = host.lease
                        )
                    """);

    private final Transactions transactions;

    /** From here and not from the database: a crash that undoes a lease must not give it again. */
    private final AtomicLong leases = new AtomicLong();

    public HostQueues(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Leases up to {@code hosts} queues that are due, the longest waiting first, each with up to
     * {@code tasksEach} tasks of its head.
     */
    public List<HostLease> lease(UUID worker, int hosts, int tasksEach) {
        return lease(worker, QueueKind.ANY, hosts, tasksEach);
    }

    /** As {@link #lease(UUID, int, int)}, of one kind only. */
    public List<HostLease> lease(UUID worker, QueueKind kind, int hosts, int tasksEach) {
        long number = leases.incrementAndGet();
        return transactions.run(
                "lease",
                handle -> {
                    Map<Long, HostLease> leases = new LinkedHashMap<>();
                    handle.createQuery(LEASES.get(kind).text())
                            .bind("worker", worker)
                            .bind("lease", number)
                            .bind("hosts", hosts)
                            .bind("tasks", tasksEach)
                            .map((row, context) -> collect(leases, row, worker, number))
                            .list();
                    return List.copyOf(leases.values());
                });
    }

    /**
     * More tasks of queues in hand.
     *
     * @param inHand ids of the tasks that the worker still holds by each of its leases
     * @param tasksEach tasks of one queue at most
     * @return by lease; without those that have no more, or that are over
     */
    public Map<Lease, List<LeasedTask>> more(
            UUID worker, Map<Lease, ? extends Collection<Long>> inHand, int tasksEach) {
        return transactions.runRepeatable(
                "lease-more", handle -> more(handle, worker, inHand, tasksEach));
    }

    private static Map<Lease, List<LeasedTask>> more(
            Handle handle,
            UUID worker,
            Map<Lease, ? extends Collection<Long>> inHand,
            int tasksEach) {
        List<Lease> leases = List.copyOf(inHand.keySet());
        Argument held =
                Column.int8(
                        inHand.values().stream().flatMap(Collection::stream).toList(), id -> id);
        List<LeasedTask> heads =
                handle.createQuery(MORE.text())
                        .bind("worker", worker)
                        .bind("hosts", Column.int8(leases, Lease::hostId))
                        .bind("leases", Column.int8(leases, Lease::number))
                        .bind("inHand", held)
                        .bind("tasks", tasksEach)
                        .map(
                                (row, context) ->
                                        leasedTask(
                                                row,
                                                new Lease(
                                                        row.getLong("host_id"),
                                                        row.getString("name"),
                                                        worker,
                                                        row.getLong("lease"))))
                        .list();
        Set<Long> ours = heads.isEmpty() ? Set.of() : hold(handle, worker, held, heads);
        return heads.stream()
                .filter(head -> ours.contains(head.lease().hostId()))
                .collect(Collectors.groupingBy(LeasedTask::lease));
    }

    private static Set<Long> hold(
            Handle handle, UUID worker, Argument held, List<LeasedTask> heads) {
        List<Lease> leases = heads.stream().map(LeasedTask::lease).distinct().toList();
        HostLock.lock(handle, leases.stream().map(Lease::hostId).toList());
        return handle.createQuery(HOLD.text())
                .bind("worker", worker)
                .bind("inHand", held)
                .bind("hosts", Column.int8(leases, Lease::hostId))
                .bind("leases", Column.int8(leases, Lease::number))
                .bind("taskHosts", Column.int8(heads, head -> head.task().hostId()))
                .bind("tasks", Column.int8(heads, head -> head.task().id()))
                .mapTo(Long.class)
                .set();
    }

    /**
     * Lets go of the queues that were leased in the worker's name without its knowing: the answer
     * to the lease was lost on its way.
     *
     * @param known the leases that it serves
     */
    public void handBack(UUID worker, List<Lease> known) {
        transactions.single(
                "hand-back",
                handle ->
                        handle.createUpdate(HAND_BACK.text())
                                .bind("worker", worker)
                                .bind("hosts", Column.int8(known, Lease::hostId))
                                .bind("leases", Column.int8(known, Lease::number))
                                .execute());
    }

    /** Lets go of queues. Of one whose lease is over: nothing happens. */
    public void release(UUID worker, List<HostRelease> releases) {
        transactions.runRepeatable("release", handle -> release(handle, worker, releases));
    }

    private static int release(Handle handle, UUID worker, List<HostRelease> releases) {
        HostLock.lock(handle, releases.stream().map(release -> release.lease().hostId()).toList());
        return handle.createUpdate(RELEASE.text())
                .bind("worker", worker)
                .bind("hosts", Column.int8(releases, release -> release.lease().hostId()))
                .bind("leases", Column.int8(releases, release -> release.lease().number()))
                .bind("notBefores", Column.instant(releases, HostRelease::notBefore))
                .bind("failures", Column.int4(releases, HostRelease::failures))
                .bind("failingSinces", Column.instant(releases, HostRelease::failingSince))
                .bind("answeredAts", Column.instant(releases, HostRelease::answeredAt))
                .bind(
                        "crawlDelays",
                        Column.int8(releases, release -> release.crawlDelay().toMillis()))
                .bind("waitReasons", Column.text(releases, HostRelease::waitReason))
                .bind("forBrowsers", Column.bool(releases, HostRelease::forBrowser))
                .execute();
    }

    private static HostLease collect(
            Map<Long, HostLease> leases, ResultSet row, UUID worker, long number)
            throws SQLException {
        HostLease lease = leases.get(row.getLong("host"));
        if (lease == null) {
            lease = lease(row, worker, number);
            leases.put(lease.hostId(), lease);
        }
        if (row.getString("url") != null) {
            lease.tasks().add(leasedTask(row, lease.lease()));
        }
        return lease;
    }

    private static HostLease lease(ResultSet row, UUID worker, long number) throws SQLException {
        return new HostLease(
                new Lease(row.getLong("host"), row.getString("name"), worker, number),
                row.getInt("failures"),
                JobRows.instant(row.getTimestamp("failing_since")),
                JobRows.instant(row.getTimestamp("answered_at")),
                Duration.ofMillis(row.getLong("crawl_delay_ms")),
                new ArrayList<>());
    }

    private static LeasedTask leasedTask(ResultSet row, Lease lease) throws SQLException {
        return new LeasedTask(task(row), lease, row.getBoolean("live"));
    }

    /** Reads a row with the columns of {@code task}. */
    static Task task(ResultSet row) throws SQLException {
        return new Task(
                row.getLong("id"),
                row.getLong("host_id"),
                row.getObject("job_id", UUID.class),
                row.getString("url"),
                row.getInt("depth"),
                row.getInt("attempt"),
                row.getInt("rescues"),
                row.getInt("refusals"),
                row.getString("render_why"));
    }
}
