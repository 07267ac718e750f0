package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Deletes what is of no more use, in batches. */
public final class Sweep {

    private static final int BATCH = 2_000;

    // Older cancelled jobs have been swept; what they might have left is dropped by the worker that
    // meets it. Job by job and host by host, each by its index: as joins they are planned to read
    // all tasks and all hosts.
    private static final Sql CANCELLED =
            Sql.named(
                    "sweep-cancelled",
                    """
                    WITH swept AS (
                        DELETE FROM task
                        WHERE id = ANY (ARRAY(
                            SELECT its.id
                            FROM job
                            CROSS JOIN LATERAL (
                                SELECT id
                                FROM task
                                WHERE job_id = job.id
                                LIMIT :batch
                                FOR UPDATE SKIP LOCKED
                            ) its
                            WHERE job.state = 'CANCELLED' AND job.finished_at > now() - interval '1 day'
                            LIMIT :batch
                        ))
                        RETURNING host_id
                    )
                    SELECT (SELECT name FROM host WHERE id = host_id) AS name, n
                    FROM (SELECT host_id, count(*) AS n FROM swept GROUP BY host_id) hosts
                    """);

    private final Transactions transactions;

    public Sweep(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Deletes a batch of the tasks of cancelled jobs.
     *
     * @return how many hosts had some; 0 when there are none left
     */
    public int cancelled() {
        return transactions.runRepeatable("sweep", Sweep::cancelled);
    }

    static int cancelled(Handle handle) {
        Map<String, Integer> gone = new HashMap<>();
        handle.createQuery(CANCELLED.text())
                .bind("batch", BATCH)
                .map((row, context) -> gone.put(row.getString("name"), row.getInt("n")))
                .list();
        TaskRows.replace(handle, gone, List.of());
        return gone.size();
    }
}
