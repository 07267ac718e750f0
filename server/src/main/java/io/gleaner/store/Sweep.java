package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Deletes what is of no more use, in batches. */
public final class Sweep {

    private static final int BATCH = 2_000;
    private static final int JOBS = 1_000;

    // By job_unswept, which holds these jobs and no other. In its words and its order: by state and
    // by id the planner may take another index, and read all cancelled jobs, or all there are, once
    // there are none to sweep.
    private static final Sql UNSWEPT =
            Sql.named(
                    "sweep-jobs",
                    """
                    SELECT id
                    FROM job
                    WHERE state || '' = 'CANCELLED' AND swept_at IS NULL
                    ORDER BY finished_at
                    LIMIT :jobs
                    """);

    // Job by job and host by host, each by its index: as joins they are planned to read all tasks
    // and all hosts.
    private static final Sql CANCELLED =
            Sql.named(
                    "sweep-cancelled",
                    """
                    WITH swept AS (
                        DELETE FROM task
                        WHERE id = ANY (ARRAY(
                            SELECT its.id
                            FROM unnest(:jobs) AS cancelled (id)
                            CROSS JOIN LATERAL (
                                SELECT id
                                FROM task
                                WHERE job_id = cancelled.id
                                LIMIT :batch
                                FOR UPDATE SKIP LOCKED
                            ) its
                            LIMIT :batch
                        ))
                        RETURNING host_id
                    )
                    SELECT (SELECT name FROM host WHERE id = host_id) AS name, n
                    FROM (SELECT host_id, count(*) AS n FROM swept GROUP BY host_id) hosts
                    """);

    // A statement of its own, so that it sees what the one before left: a task that somebody had
    // locked, whose settlement may yet fail. None can come after this: whoever adds a task to a job
    // does so under the lock of its row, while it runs. A job whose row is locked is for the next
    // visit, for jobs are locked before hosts and never waited for after them.
    private static final Sql SWEPT =
            Sql.named(
                    "sweep-done",
                    """
                    UPDATE job
                    SET swept_at = now()
                    WHERE id = ANY (ARRAY(
                        SELECT id
                        FROM job
                        WHERE id = ANY (:jobs)
                            AND (SELECT task.id FROM task WHERE job_id = job.id LIMIT 1) IS NULL
                        FOR UPDATE SKIP LOCKED
                    ))
                    """);

    // By job_headers, in its words. A process of the release before stored them in the spec, and
    // one
    // that ends a job of ours leaves what is sealed.
    private static final Sql HEADERS =
            Sql.named(
                    "sweep-headers",
                    """
                    UPDATE job
                    SET secrets = NULL,
                        spec = CASE
                            WHEN spec -> 'fetch' -> 'headers' <> '{}'
                            THEN jsonb_set(spec, '{fetch,headers}', '{}')
                            ELSE spec
                        END
                    WHERE id = ANY (ARRAY(
                        SELECT id
                        FROM job
                        WHERE (secrets IS NOT NULL OR spec -> 'fetch' -> 'headers' <> '{}')
                            AND state <> 'RUNNING'
                        ORDER BY id
                        LIMIT :jobs
                        FOR UPDATE SKIP LOCKED
                    ))
                    """);

    private final Transactions transactions;
    private final IdleHosts idleHosts;

    public Sweep(Transactions transactions) {
        this.transactions = transactions;
        this.idleHosts = new IdleHosts(transactions);
    }

    /**
     * Deletes a batch of the tasks of cancelled jobs. A job is visited until all of its tasks are
     * gone, and never again.
     *
     * @return how many tasks are gone and jobs are done with; 0 when there is nothing to do, or
     *     what is left is in other hands now
     */
    public int cancelled() {
        return transactions.runRepeatable("sweep", Sweep::cancelled);
    }

    static int cancelled(Handle handle) {
        List<UUID> jobs =
                handle.createQuery(UNSWEPT.text()).bind("jobs", JOBS).mapTo(UUID.class).list();
        if (jobs.isEmpty()) {
            return 0;
        }
        Map<String, Integer> gone = new HashMap<>();
        handle.createQuery(CANCELLED.text())
                .bind("jobs", Column.uuid(jobs, id -> id))
                .bind("batch", BATCH)
                .map((row, context) -> gone.put(row.getString("name"), row.getInt("n")))
                .list();
        TaskRows.replace(handle, gone, List.of());
        int done =
                handle.createUpdate(SWEPT.text())
                        .bind("jobs", Column.uuid(jobs, id -> id))
                        .execute();
        return gone.values().stream().mapToInt(n -> n).sum() + done;
    }

    /**
     * Forgets the request headers of a batch of jobs that have ended.
     *
     * @return of how many
     */
    public int headers() {
        return transactions.single(
                "sweep-headers",
                handle -> handle.createUpdate(HEADERS.text()).bind("jobs", JOBS).execute());
    }

    /**
     * Removes hosts that nobody has needed for long; looks at a bounded number of them and goes on
     * with the next ones the next time.
     *
     * @return how many are gone
     */
    public int idleHosts() {
        return idleHosts.remove();
    }
}
