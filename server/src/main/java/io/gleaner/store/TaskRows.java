package io.gleaner.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Inserts and deletes rows of {@code task} and keeps their hosts' backlog true. */
final class TaskRows {

    // Hosts are locked in name order, the order that every writer keeps. A leased or a waiting
    // queue stays
    // as it is; an empty one becomes ready, but not before its crawl delay or backoff is over.
    private static final String REPLACE =
            """
            WITH input AS (
                SELECT *
                FROM unnest(:jobs, :hosts, :priorities, :ranks, :urls, :depths, :attempts, :rescues)
                    AS t (job, host, priority, rank, url, depth, attempt, rescues)
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
            ), touched AS (
                INSERT INTO host AS h (name, backlog, ready_at)
                SELECT host, n, since
                FROM change
                ON CONFLICT (name) DO UPDATE
                SET backlog = h.backlog + excluded.backlog,
                    ready_at = CASE
                        WHEN h.lease_owner IS NULL AND h.backlog + excluded.backlog > 0
                        THEN CASE
                            WHEN h.not_before > now() THEN h.not_before
                            ELSE least(h.ready_at, excluded.ready_at)
                        END
                    END
                RETURNING id, name
            )
            INSERT INTO task (host_id, job_id, priority, rank, url, depth, attempt, rescues)
            SELECT touched.id, job, priority, rank, url, depth, attempt, rescues
            FROM input
            JOIN touched ON touched.name = input.host
            ORDER BY rank
            """;

    private TaskRows() {}

    /** Puts tasks into their host queues. */
    static void insert(Handle handle, List<NewTask> tasks) {
        replace(handle, Map.of(), tasks);
    }

    /**
     * Puts tasks into their host queues and takes deleted ones off the backlogs.
     *
     * @param gone deleted tasks by host name
     */
    static void replace(Handle handle, Map<String, Integer> gone, List<NewTask> tasks) {
        if (gone.isEmpty() && tasks.isEmpty()) {
            return;
        }
        handle.createUpdate(REPLACE)
                .bindArray("jobs", UUID.class, column(tasks, NewTask::job))
                .bindArray("hosts", String.class, column(tasks, NewTask::host))
                .bindArray("priorities", Integer.class, column(tasks, NewTask::priority))
                .bindArray("ranks", Long.class, column(tasks, NewTask::rank))
                .bindArray("urls", String.class, column(tasks, NewTask::url))
                .bindArray("depths", Integer.class, column(tasks, NewTask::depth))
                .bindArray("attempts", Integer.class, column(tasks, NewTask::attempt))
                .bindArray("rescues", Integer.class, column(tasks, NewTask::rescues))
                .bindArray("goneHosts", String.class, gone.keySet().toArray())
                .bindArray("goneCounts", Integer.class, gone.values().toArray())
                .execute();
    }

    /** Deletes tasks; answers the ids of those that were still there: this caller's to conclude. */
    static Set<Long> delete(Handle handle, List<Long> ids) {
        return handle.createQuery("DELETE FROM task WHERE id = ANY (:ids) RETURNING id")
                .bindArray("ids", Long.class, ids.toArray())
                .mapTo(Long.class)
                .set();
    }

    private static Object[] column(List<NewTask> tasks, Function<NewTask, Object> part) {
        return tasks.stream().map(part).toArray();
    }
}
