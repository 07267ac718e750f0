package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.job.CacheState;
import io.gleaner.job.Page;
import io.gleaner.job.rendering.Rendering;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The counters of one running job, under its row lock for the rest of the transaction. */
final class JobLedger {

    private static final Sql LOCK =
            Sql.named(
                    "job-lock",
                    """
                    SELECT id, priority, page_limit, total, pending, done, failed, from_cache,
                           rendered, next_rank,
                           (spec #>> '{crawl,maxDepth}')::int AS max_depth
                    FROM job
                    WHERE id = ANY (:ids) AND state = 'RUNNING'
                    ORDER BY id
                    FOR UPDATE
                    """);

    // Whether the job is done is decided here, under the lock: no task is left, so none can add
    // another.
    private static final Sql SAVE =
            Sql.named(
                    "job-save",
                    """
                    UPDATE job
                    SET total = t.total, pending = t.pending, done = t.done, failed = t.failed,
                        from_cache = t.from_cache, rendered = t.rendered,
                        next_rank = t.next_rank,
                        state = CASE
                            WHEN t.pending > 0 THEN 'RUNNING'
                            WHEN t.failed = t.done THEN 'FAILED'
                            ELSE 'COMPLETED'
                        END,
                        finished_at = CASE WHEN t.pending = 0 THEN now() END,
                        secrets = CASE WHEN t.pending > 0 THEN secrets END
                    FROM unnest(:ids, :totals, :pendings, :dones, :faileds, :fromCaches, :rendereds, :nextRanks)
                        AS t (id, total, pending, done, failed, from_cache, rendered, next_rank)
                    WHERE job.id = t.id
                    """);

    final UUID id;
    final int priority;
    private final long pageLimit;
    private final int maxDepth;
    private long total;
    private long pending;
    private long done;
    private long failed;
    private long fromCache;
    private long rendered;
    private long nextRank;

    private JobLedger(ResultSet row) throws SQLException {
        id = row.getObject("id", UUID.class);
        priority = row.getInt("priority");
        pageLimit = row.getLong("page_limit");
        int deepest = row.getInt("max_depth");
        maxDepth = row.wasNull() ? Integer.MAX_VALUE : deepest;
        total = row.getLong("total");
        pending = row.getLong("pending");
        done = row.getLong("done");
        failed = row.getLong("failed");
        fromCache = row.getLong("from_cache");
        rendered = row.getLong("rendered");
        nextRank = row.getLong("next_rank");
    }

    // The crawl goes on where its start page has led to, for every worker that meets it from now
    // on.
    private static final Sql MOVE =
            Sql.named(
                    "job-move",
                    """
                    UPDATE job
                    SET spec = jsonb_set(spec, '{crawl,home}', to_jsonb(:home::text))
                    WHERE id = :id
                    """);

    void moveTo(Handle handle, URI home) {
        handle.createUpdate(MOVE.text()).bind("id", id).bind("home", home.toString()).execute();
    }

    /** Locks those of the jobs that still run, in id order. */
    static Map<UUID, JobLedger> lock(Handle handle, Collection<UUID> ids) {
        var ledgers = new HashMap<UUID, JobLedger>();
        handle.createQuery(LOCK.text())
                .bind("ids", Column.uuid(List.copyOf(ids), id -> id))
                .map((row, context) -> new JobLedger(row))
                .forEach(ledger -> ledgers.put(ledger.id, ledger));
        return ledgers;
    }

    /** Whether a URL at this depth may be a page of the job. */
    boolean reaches(int depth) {
        return depth <= maxDepth;
    }

    /** How many more tasks the job may hold. */
    long room() {
        return Math.max(0, pageLimit - total);
    }

    /** Counts one new task; answers its rank. */
    long addTask() {
        total++;
        pending++;
        return nextRank++;
    }

    /** Answers the rank of a task that goes to the tail. */
    long requeueTask() {
        return nextRank++;
    }

    /** Counts one concluded task; answers its page's {@code seq}. */
    long conclude(Page page) {
        pending--;
        switch (page) {
            case Page.Fault fault -> failed += fault.code().leavesOut() ? 0 : 1;
            case Page.Content content -> {
                fromCache += content.cacheState() == CacheState.MISS ? 0 : 1;
                Rendering rendering = content.rendering();
                rendered += rendering != null && rendering.rendered() ? 1 : 0;
            }
        }
        return ++done;
    }

    static void save(Handle handle, List<JobLedger> ledgers) {
        if (ledgers.isEmpty()) {
            return;
        }
        handle.createUpdate(SAVE.text())
                .bind("ids", Column.uuid(ledgers, ledger -> ledger.id))
                .bind("totals", Column.int8(ledgers, ledger -> ledger.total))
                .bind("pendings", Column.int8(ledgers, ledger -> ledger.pending))
                .bind("dones", Column.int8(ledgers, ledger -> ledger.done))
                .bind("faileds", Column.int8(ledgers, ledger -> ledger.failed))
                .bind("fromCaches", Column.int8(ledgers, ledger -> ledger.fromCache))
                .bind("rendereds", Column.int8(ledgers, ledger -> ledger.rendered))
                .bind("nextRanks", Column.int8(ledgers, ledger -> ledger.nextRank))
                .execute();
    }
}
