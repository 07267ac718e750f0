package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.database.Sql;
import io.gleaner.job.Job;
import io.gleaner.store.SubmitOutcome.Conflict;
import io.gleaner.store.SubmitOutcome.Duplicate;
import io.gleaner.store.SubmitOutcome.InProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which submission a client's key stands for. */
final class Idempotency {

    /** When to ask again for a key whose submission is being stored. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    // Of two transactions with one key only one gets on, and the other does not wait: it may be one
    // with five hundred submissions, and the first an upload that takes minutes. The next to get
    // the lock finds what was stored. The hash is the one that releases before waited for.
    private static final Sql LOCK =
            Sql.named(
                    "idempotency-lock",
                    """
                    SELECT key
                    FROM unnest(:keys) AS t (key)
                    WHERE pg_try_advisory_xact_lock(hashtextextended(key, 0))
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

    /**
     * The outcomes of those submissions whose key is taken or just being taken, by the submission's
     * id. Those of the others are this transaction's.
     */
    static Map<UUID, SubmitOutcome> earlier(Handle handle, List<NewJob> jobs) {
        List<NewJob> keyed = keyed(jobs);
        if (keyed.isEmpty()) {
            return Map.of();
        }
        Set<String> ours =
                handle.createQuery(LOCK.text())
                        .bind("keys", Column.text(keyed, NewJob::storedKey))
                        .mapTo(String.class)
                        .set();
        Map<UUID, SubmitOutcome> outcomes = new HashMap<>();
        for (NewJob job : keyed) {
            if (!ours.contains(job.storedKey())) {
                outcomes.put(job.id(), new InProgress(RETRY));
            }
        }
        // A key that is known is answered whoever holds its lock, be it by a collision of hashes.
        outcomes.putAll(find(handle, keyed));
        return outcomes;
    }

    /** As {@link #earlier}, without a lock: an answer of now. */
    static Map<UUID, SubmitOutcome> find(Handle handle, List<NewJob> keyed) {
        Map<String, NewJob> byKey = new HashMap<>();
        keyed.forEach(job -> byKey.put(job.storedKey(), job));
        Map<UUID, SubmitOutcome> outcomes = new HashMap<>();
        handle.createQuery(FIND.text())
                .bind("keys", Column.text(keyed, NewJob::storedKey))
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
                .bind("keys", Column.text(keyed, NewJob::storedKey))
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
        return jobs.stream().filter(job -> job.idempotency() != null).toList();
    }
}
