package io.gleaner.store;

import io.gleaner.database.Sql;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes rows of {@code webhook} with the jobs that have one. */
final class WebhookRows {

    // A row that is there already was stored by an earlier try whose answer got lost.
    private static final Sql INSERT =
            Sql.named(
                    "webhook-insert",
                    """
                    INSERT INTO webhook (job_id, tenant, secrets)
                    SELECT job, tenant, secrets
                    FROM unnest(:jobs, :tenants, :secrets) AS t (job, tenant, secrets)
                    ON CONFLICT (job_id) DO NOTHING
                    """);

    private WebhookRows() {}

    static void insert(Handle handle, List<NewJob> jobs) {
        List<NewJob> told = jobs.stream().filter(job -> job.spec().webhook() != null).toList();
        if (told.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT.text())
                .bind("jobs", Column.uuid(told, NewJob::id))
                .bind("tenants", Column.int8(told, job -> job.tenant().id()))
                .bind("secrets", Column.bytea(told, NewJob::webhookSecrets))
                .execute();
    }
}
