package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deletes what is of no more use, in batches. */
public final class Sweep {

    private static final int BATCH = 2_000;

    // Older cancelled jobs have been swept; what they might have left is dropped by the worker that
    // meets it.
    private static final Sql CANCELLED =
            Sql.named(
                    "sweep-cancelled",
                    """
                    WITH swept AS (
                        DELETE FROM task
                        WHERE id IN (
                            SELECT task.id
                            FROM job
                            JOIN task ON task.job_id = job.id
                            WHERE job.state = 'CANCELLED' AND job.finished_at > now() - interval '1 day'
                            LIMIT :batch
                            FOR UPDATE OF task SKIP LOCKED
                        )
                        RETURNING host_id
                    )
                    SELECT host.name, count(*) AS n
                    FROM swept
                    JOIN host ON host.id = swept.host_id
                    GROUP BY host.name
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
        return transactions.runRepeatable(
                "sweep",
                handle -> {
                    Map<String, Integer> gone = new HashMap<>();
                    handle.createQuery(CANCELLED.text())
                            .bind("batch", BATCH)
                            .map((row, context) -> gone.put(row.getString("name"), row.getInt("n")))
                            .list();
                    TaskRows.replace(handle, gone, List.of());
                    return gone.size();
                });
    }
}
