package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.Candidate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/** Inserts and deletes rows of {@code task} and keeps their hosts' backlog true. */
final class TaskRows {

    private static final int HOSTS_CHUNK = 1_000;
    private static final int HOSTS_KNOWN_MAX = 100_000;

    /**
     * For statements that make tasks and have a row for each host in {@code change}. Hosts are
     * locked in name order, which every writer keeps. A leased or a waiting queue stays as it is;
     * an empty one becomes ready, but not before its crawl delay or backoff is over.
     */
    static final String TOUCHED =
            """
            touched AS (
                INSERT INTO host AS h (name, backlog, ready_at)
                SELECT host, n, since
                FROM change
                ON CONFLICT (name) DO UPDATE
                SET backlog = h.backlog + excluded.backlog,
                    touched_at = now(),
                    ready_at = CASE
                        WHEN h.lease_owner IS NULL AND h.backlog + excluded.backlog > 0
                        THEN CASE
                            WHEN h.not_before > now() THEN h.not_before
                            ELSE least(h.ready_at, excluded.ready_at)
                        END
                    END
                RETURNING id, name
            )
            """;

    private static final Sql REPLACE =
            Sql.named(
                    "task-replace",
                    """
                    WITH input AS (
                        SELECT *
                        FROM unnest(:jobs, :hosts, :priorities, :ranks, :urls, :depths, :attempts, :rescues, :refusals,
                                    :renderWhys)
                            AS t (job, host, priority, rank, url, depth, attempt, rescues, refusals, render_why)
                    ), change AS (
                        SELECT host, sum(n) AS n,
                               now() - greatest(0, 5 - min(priority)) * interval '1 hour' AS since
                        FROM (
                            SELECT host, 1 AS n, priority FROM input
                            UNION ALL
                            SELECT host, -n, NULL FROM unnest(:goneHosts, :goneCounts) AS t (host, n)
                        ) parts
                        GROUP BY host
                        ORDER BY host
                    ), %s
                    INSERT INTO task (host_id, job_id, priority, rank, url, depth, attempt, rescues, refusals, render_why)
                    SELECT touched.id, job, priority, rank, url, depth, attempt, rescues, refusals, render_why
                    FROM input
                    JOIN touched ON touched.name = input.host
                    ORDER BY rank
                    """
                            .formatted(TOUCHED));

    // The lease is looked at and not locked: who loses it at this very moment was just in time.
    // Each lease is looked at once, however many of its tasks are settled.
    private static final Sql DELETE =
            Sql.named(
                    "task-delete",
                    """
                    DELETE FROM task
                    WHERE id = ANY (ARRAY(
                        SELECT mine.id
                        FROM unnest(:ids, :numbers) AS mine (id, number)
                        WHERE mine.number = ANY (ARRAY(
                            SELECT held.number
                            FROM unnest(:hosts, :workers, :leases)
                                WITH ORDINALITY AS held (host, worker, lease, number)
                            JOIN host
                                ON host.id = held.host
                                AND host.lease_owner = held.worker
                                AND host.lease = held.lease
                        ))
                    ))
                    RETURNING id
                    """);

    // One that is there is touched, so that it is not removed as idle while the upload goes on; but
    // not every time, for its row may be busy. The commit does not wait for the disk: that of the
    // upload, which comes later, does so for both.
    private static final Sql ADD_HOSTS =
            Sql.named(
                    "host-add",
                    """
                    INSERT INTO host (name, backlog)
                    SELECT name, 0
                    FROM unnest(:names) AS t (name)
                    CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) unflushed
                    WHERE (SELECT touched_at FROM host WHERE host.name = t.name)
                        > now() - interval '1 day' IS NOT TRUE
                    ORDER BY name
                    ON CONFLICT (name) DO UPDATE SET touched_at = now()
                    """);

    // The hosts of a chunk are often few, so each is looked up once, and never all hosts read.
    private static final Sql INSERT_UNCOUNTED =
            Sql.named(
                    "task-insert-large",
                    """
                    WITH input AS (
                        SELECT *
                        FROM unnest(:jobs, :hosts, :priorities, :ranks, :urls, :depths, :attempts, :rescues, :refusals)
                            AS t (job, host, priority, rank, url, depth, attempt, rescues, refusals)
                    )
                    INSERT INTO task (host_id, job_id, priority, rank, url, depth, attempt, rescues, refusals)
                    SELECT host.id, job, priority, rank, url, depth, attempt, rescues, refusals
                    FROM input
                    JOIN host ON host.name = input.host
                    WHERE host.name = ANY (ARRAY(SELECT DISTINCT host FROM input))
                    """);

    private static final Sql COUNT_LARGE =
            Sql.named(
                    "task-count-large",
                    "SELECT host_id, count(*) AS n FROM task WHERE job_id = :job GROUP BY host_id");

    private static final Sql ADD_COUNTS =
            Sql.named(
                    "host-add-large",
                    """
                    UPDATE host
                    SET backlog = backlog + n,
                        touched_at = now(),
                        ready_at = CASE
                            WHEN lease_owner IS NULL
                            THEN CASE
                                WHEN not_before > now() THEN not_before
                                ELSE least(
                                    ready_at,
                                    now() - greatest(0, 5 - :priority) * interval '1 hour')
                            END
                        END
                    FROM unnest(:hosts, :counts) AS t (host, n)
                    WHERE host.id = t.host
                    """);

    private TaskRows() {}

    /**
     * Puts tasks into their host queues and takes deleted ones off the backlogs.
     *
     * @param gone deleted tasks by host name
     */
    static void replace(Handle handle, Map<String, Integer> gone, List<NewTask> tasks) {
        if (gone.isEmpty() && tasks.isEmpty()) {
            return;
        }
        bind(handle, REPLACE, tasks)
                .bind("renderWhys", Column.text(tasks, NewTask::renderWhy))
                .bind("goneHosts", Column.text(List.copyOf(gone.keySet()), host -> host))
                .bind("goneCounts", Column.int4(List.copyOf(gone.values()), count -> count))
                .execute();
    }

    /**
     * Deletes the tasks of those verdicts whose lease still holds; answers the ids of those that
     * were still there: this caller's to conclude.
     */
    static Set<Long> delete(Handle handle, List<Verdict> verdicts) {
        Map<Lease, Long> numbers = new LinkedHashMap<>(); // from 1, as SQL counts
        verdicts.forEach(verdict -> numbers.putIfAbsent(verdict.lease(), numbers.size() + 1L));
        List<Lease> leases = List.copyOf(numbers.keySet());
        return handle.createQuery(DELETE.text())
                .bind("ids", Column.int8(verdicts, verdict -> verdict.task().id()))
                .bind(
                        "numbers",
                        Column.int8(verdicts, verdict -> numbers.getOrDefault(verdict.lease(), 0L)))
                .bind("hosts", Column.int8(leases, Lease::hostId))
                .bind("workers", Column.uuid(leases, Lease::worker))
                .bind("leases", Column.int8(leases, Lease::number))
                .mapTo(Long.class)
                .set();
    }

    /** Makes host queues, in transactions of their own: an empty one disturbs nobody. */
    static void addHosts(Transactions transactions, Iterable<Candidate> candidates) {
        Set<String> known = new HashSet<>(); // asking again costs a statement and nothing else
        Set<String> chunk = new TreeSet<>();
        for (Candidate candidate : candidates) {
            if (!known.contains(candidate.host())) {
                chunk.add(candidate.host());
            }
            if (chunk.size() == HOSTS_CHUNK) {
                addHosts(transactions, chunk);
                if (known.size() < HOSTS_KNOWN_MAX) {
                    known.addAll(chunk);
                }
                chunk.clear();
            }
        }
        addHosts(transactions, chunk);
    }

    private static void addHosts(Transactions transactions, Set<String> names) {
        List<String> rows = List.copyOf(names);
        transactions.single(
                "add-hosts",
                handle ->
                        handle.createUpdate(ADD_HOSTS.text())
                                .bind("names", Column.text(rows, name -> name))
                                .execute());
    }

    /** Inserts tasks whose host queues exist and do not yet know of them; see {@link #count}. */
    static void insertUncounted(Handle handle, List<NewTask> tasks) {
        bind(handle, INSERT_UNCOUNTED, tasks).execute();
    }

    /** Tells the host queues of all the tasks of a new job. */
    static void count(Handle handle, UUID job, int priority) {
        List<Count> counts =
                handle.createQuery(COUNT_LARGE.text())
                        .bind("job", job)
                        .map((row, context) -> new Count(row.getLong("host_id"), row.getLong("n")))
                        .list();
        HostLock.lock(handle, counts.stream().map(Count::host).toList());
        handle.createUpdate(ADD_COUNTS.text())
                .bind("priority", priority)
                .bind("hosts", Column.int8(counts, Count::host))
                .bind("counts", Column.int8(counts, Count::n))
                .execute();
    }

    private record Count(long host, long n) {}

    private static Update bind(Handle handle, Sql sql, List<NewTask> tasks) {
        return bind(handle.createUpdate(sql.text()), tasks);
    }

    /** Binds the columns of new tasks. */
    static <S extends SqlStatement<S>> S bind(S statement, List<NewTask> tasks) {
        return statement
                .bind("jobs", Column.uuid(tasks, NewTask::job))
                .bind("hosts", Column.text(tasks, NewTask::host))
                .bind("priorities", Column.int4(tasks, NewTask::priority))
                .bind("ranks", Column.int8(tasks, NewTask::rank))
                .bind("urls", Column.text(tasks, NewTask::url))
                .bind("depths", Column.int4(tasks, NewTask::depth))
                .bind("attempts", Column.int4(tasks, NewTask::attempt))
                .bind("rescues", Column.int4(tasks, NewTask::rescues))
                .bind("refusals", Column.int4(tasks, NewTask::refusals));
    }
}
