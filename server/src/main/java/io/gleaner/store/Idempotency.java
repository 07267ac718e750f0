package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.database.Sql;
import io.gleaner.job.Job;
import io.gleaner.store.SubmitOutcome.Conflict;
import io.gleaner.store.SubmitOutcome.Duplicate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which submission a client's key stands for. */
final class Idempotency {

    // Two transactions with one key wait for one another here, and the second finds what the first
    // stored. In one order, so that batches with several keys in common cannot deadlock.
    private static final Sql LOCK =
            Sql.named(
                    "idempotency-lock",
                    """
                    SELECT count(pg_advisory_xact_lock(hash))
                    FROM (
                        SELECT DISTINCT hashtextextended(key, 0) AS hash
                        FROM unnest(:keys) AS t (key)
                        ORDER BY hash
                    ) hashes
                    """);

    private static final Sql FIND =
            Sql.named(
                    "idempotency-find",
                    """
                    SELECT key, body_hash, %s
                    FROM (
                        SELECT key, body_hash, job_id FROM idempotency WHERE key = ANY (:keys)
                    ) known
                    JOIN job ON job.id = known.job_id
                    """
                            .formatted(JobRows.COLUMNS));

    private static final Sql REMEMBER =
            Sql.named(
                    "idempotency-remember",
                    """
                    INSERT INTO idempotency (key, body_hash, job_id)
                    SELECT * FROM unnest(:keys, :hashes, :jobs)
                    """);

    private Idempotency() {}

    /** The outcomes of those submissions whose key is taken, by the submission's id. */
    static Map<UUID, SubmitOutcome> earlier(Handle handle, List<NewJob> jobs) {
        List<NewJob> keyed = keyed(jobs);
        if (keyed.isEmpty()) {
            return Map.of();
        }
        handle.createQuery(LOCK.text())
                .bind("keys", Column.text(keyed, Idempotency::key))
                .mapTo(Long.class)
                .one();
        return find(handle, keyed);
    }

    /** As {@link #earlier}, without a lock: an answer of now. */
    static Map<UUID, SubmitOutcome> find(Handle handle, List<NewJob> keyed) {
        Map<String, NewJob> byKey = new HashMap<>();
        keyed.forEach(job -> byKey.put(key(job), job));
        Map<UUID, SubmitOutcome> outcomes = new HashMap<>();
        handle.createQuery(FIND.text())
                .bind("keys", Column.text(keyed, Idempotency::key))
                .map(
                        (row, context) -> {
                            NewJob job = requireNonNull(byKey.get(row.getString("key")));
                            Job before = JobRows.map(row, context);
                            boolean same =
                                    requireNonNull(job.idempotency())
                                            .bodyHash()
                                            .equals(row.getString("body_hash"));
                            return outcomes.put(job.id(), outcome(job, before, same));
                        })
                .list();
        return outcomes;
    }

    static void remember(Handle handle, List<NewJob> jobs) {
        List<NewJob> keyed = keyed(jobs);
        if (keyed.isEmpty()) {
            return;
        }
        handle.createUpdate(REMEMBER.text())
                .bind("keys", Column.text(keyed, Idempotency::key))
                .bind(
                        "hashes",
                        Column.text(keyed, job -> requireNonNull(job.idempotency()).bodyHash()))
                .bind("jobs", Column.uuid(keyed, NewJob::id))
                .execute();
    }

    private static SubmitOutcome outcome(NewJob job, Job before, boolean same) {
        if (before.id().equals(job.id())) {
            return new SubmitOutcome.Accepted(before); // An earlier try, whose answer got lost.
        }
        return same ? new Duplicate(before) : new Conflict(before);
    }

    private static List<NewJob> keyed(List<NewJob> jobs) {
        return jobs.stream()
                .filter(job -> job.idempotency() != null)
                .sorted(Comparator.comparing(Idempotency::key))
                .toList();
    }

    private static String key(NewJob job) {
        return requireNonNull(job.idempotency()).key();
    }
}
