package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.database.Sql;
import io.gleaner.job.Candidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Inserts jobs with their first tasks: many small ones at once, or a large one in chunks. */
final class JobInserts {

    private static final int CHUNK = 5_000;

    /** What lists of jobs are searched by, out of the spec. */
    private static final String SEARCHED =
            "spec.json ->> 'kind', spec.json #>> '{labels,name}',"
                    + " spec.json #> '{labels,tags}', secrets IS NOT NULL";

    // A job that is there already was stored by an earlier try whose answer got lost.
    private static final Sql INSERT =
            Sql.named(
                    "submit-jobs",
                    """
                    WITH spec AS MATERIALIZED (
                        SELECT json::jsonb, number
                        FROM unnest(:specs) WITH ORDINALITY AS t (json, number)
                    )
                    INSERT INTO job (id, tenant, state, spec, secrets, priority, page_limit, total, pending, next_rank,
                                     job_kind, job_name, job_tags, had_secrets)
                    SELECT id, tenant, 'RUNNING', spec.json, secrets, priority, page_limit, n, n, n, %1$s
                    FROM unnest(:ids, :tenants, :specNumbers, :secrets, :jobPriorities, :limits, :sizes)
                        AS t (id, tenant, number, secrets, priority, page_limit, n)
                    JOIN spec USING (number)
                    ON CONFLICT (id) DO NOTHING
                    RETURNING id, created_at
                    """
                            .formatted(SEARCHED));

    // With their tasks: one statement, one round trip. The first try need not ask whether the jobs
    // are there, which costs 7 % of the statement (docs/performance/optimization-guide.md).
    private static final Sql SUBMIT = Sql.named("submit", submit(""));

    // A try whose answer got lost may have stored them, or may be doing so.
    private static final Sql SUBMIT_AGAIN =
            Sql.named("submit-again", submit("ON CONFLICT (id) DO NOTHING"));

    private static String submit(String conflict) {
        return """
        WITH spec AS MATERIALIZED (
            SELECT json::jsonb, number
            FROM unnest(:specs) WITH ORDINALITY AS t (json, number)
        ), created AS (
            INSERT INTO job (id, tenant, state, spec, secrets, priority, page_limit, total, pending, next_rank,
                             job_kind, job_name, job_tags, had_secrets)
            SELECT id, tenant, 'RUNNING', spec.json, secrets, priority, page_limit, n, n, n, %1$s
            FROM unnest(:ids, :tenants, :specNumbers, :secrets, :jobPriorities, :limits, :sizes)
                AS t (id, tenant, number, secrets, priority, page_limit, n)
            JOIN spec USING (number)
            %2$s
            RETURNING id, created_at
        ), input AS (
            SELECT t.*
            FROM unnest(:jobs, :hosts, :priorities, :ranks, :urls, :depths, :attempts, :rescues, :refusals)
                AS t (job, host, priority, rank, url, depth, attempt, rescues, refusals)
            JOIN created ON created.id = t.job
        ), change AS (
            SELECT host, count(*) AS n,
                   now() - greatest(0, 5 - min(priority)) * interval '1 hour' AS since
            FROM input
            GROUP BY host
            ORDER BY host
        ), %3$s, queued AS (
            INSERT INTO task (host_id, job_id, priority, rank, url, depth, attempt, rescues, refusals)
            SELECT touched.id, job, priority, rank, url, depth, attempt, rescues, refusals
            FROM input
            JOIN touched ON touched.name = input.host
            ORDER BY rank
        )
        SELECT id, created_at FROM created
        """
                .formatted(SEARCHED, conflict, TaskRows.TOUCHED);
    }

    private static final Sql CREATED =
            Sql.named("submit-created", "SELECT id, created_at FROM job WHERE id = ANY (:ids)");

    private JobInserts() {}

    /**
     * Inserts jobs and all their tasks; answers when each was created.
     *
     * @param again whether an earlier try may have stored them
     */
    static Map<UUID, Instant> insertAll(Handle handle, List<NewJob> jobs, boolean again) {
        if (jobs.isEmpty()) {
            return Map.of();
        }
        List<NewTask> tasks = new ArrayList<>();
        Map<Seen.Key, Integer> seen = new LinkedHashMap<>();
        for (NewJob job : jobs) {
            long rank = 0;
            for (Candidate seed : job.seeds()) {
                tasks.add(job.task(rank++, seed));
                if (job.isCrawl()) {
                    seen.put(new Seen.Key(job.id(), seed.key()), seed.depth());
                }
            }
        }
        Sql submit = again ? SUBMIT_AGAIN : SUBMIT;
        Map<UUID, Instant> created = created(TaskRows.bind(bind(handle, submit, jobs), tasks));
        Seen.add(handle, seen);
        return withEarlier(handle, jobs, created);
    }

    /**
     * Inserts one large job. Its tasks go in first and the host queues learn of them in the last
     * statement, so that the queues' rows are locked for a moment only, however long the upload.
     */
    static Map<UUID, Instant> insertLarge(Handle handle, NewJob job) {
        Map<UUID, Instant> created = insertRows(handle, List.of(job));
        if (created.isEmpty()) {
            return withEarlier(handle, List.of(job), created);
        }
        List<NewTask> chunk = new ArrayList<>(CHUNK);
        Map<Seen.Key, Integer> seen = new LinkedHashMap<>();
        long rank = 0;
        for (Candidate seed : job.seeds()) {
            chunk.add(job.task(rank++, seed));
            if (job.isCrawl()) {
                seen.put(new Seen.Key(job.id(), seed.key()), seed.depth());
            }
            if (chunk.size() == CHUNK) {
                TaskRows.insertUncounted(handle, chunk);
                Seen.add(handle, seen);
                chunk.clear();
                seen.clear();
            }
        }
        TaskRows.insertUncounted(handle, chunk);
        Seen.add(handle, seen);
        TaskRows.count(handle, job.id(), job.spec().priority());
        return created;
    }

    private static Map<UUID, Instant> insertRows(Handle handle, List<NewJob> jobs) {
        return created(bind(handle, INSERT, jobs));
    }

    private static Query bind(Handle handle, Sql sql, List<NewJob> jobs) {
        // Most who submit at the same time ask for the same, and taking JSON apart is dear.
        Map<String, Long> specs = new LinkedHashMap<>();
        jobs.forEach(job -> specs.putIfAbsent(job.specJson(), specs.size() + 1L));
        return handle.createQuery(sql.text())
                .bind("ids", Column.uuid(jobs, NewJob::id))
                .bind("tenants", Column.int8(jobs, job -> job.tenant().id()))
                .bind("secrets", Column.bytea(jobs, NewJob::secrets))
                .bind("specs", Column.text(List.copyOf(specs.keySet()), json -> json))
                .bind(
                        "specNumbers",
                        Column.int8(jobs, job -> requireNonNull(specs.get(job.specJson()))))
                .bind("jobPriorities", Column.int4(jobs, job -> job.spec().priority()))
                .bind("limits", Column.int8(jobs, NewJob::pageLimit))
                .bind("sizes", Column.int8(jobs, job -> (long) job.seeds().count()));
    }

    private static Map<UUID, Instant> created(Query insert) {
        var created = new HashMap<UUID, Instant>();
        insert.map((row, context) -> collect(created, row)).list();
        return created;
    }

    private static Map<UUID, Instant> withEarlier(
            Handle handle, Collection<NewJob> jobs, Map<UUID, Instant> created) {
        if (created.size() == jobs.size()) {
            return created;
        }
        var all = new HashMap<>(created);
        handle.createQuery(CREATED.text())
                .bind("ids", Column.uuid(List.copyOf(jobs), NewJob::id))
                .map((row, context) -> collect(all, row))
                .list();
        return all;
    }

    private static Instant collect(Map<UUID, Instant> created, java.sql.ResultSet row)
            throws java.sql.SQLException {
        Instant at = row.getTimestamp("created_at").toInstant();
        created.put(row.getObject("id", UUID.class), at);
        return at;
    }
}
