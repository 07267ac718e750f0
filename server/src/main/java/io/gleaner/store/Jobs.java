package io.gleaner.store;

import static java.util.Comparator.comparing;

import io.gleaner.job.Candidate;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.store.SubmitOutcome.Accepted;
import io.gleaner.store.SubmitOutcome.BacklogFull;
import io.gleaner.store.SubmitOutcome.Conflict;
import io.gleaner.store.SubmitOutcome.Duplicate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Submissions and their states. Every public method is one transaction. */
public final class Jobs {

    private static final int CHUNK = 5_000;
    private static final Duration BACKLOG_RETRY = Duration.ofSeconds(30);

    private static final String INSERT =
            """
            INSERT INTO job (id, state, spec, priority, page_limit, total, pending, next_rank)
            VALUES (:id, 'RUNNING', :spec::jsonb, :priority, :limit, :n, :n, :n)
            RETURNING %s
            """
                    .formatted(JobRows.COLUMNS);

    private final Database database;
    private final Backlog backlog;
    private final InstantSource clock;

    public Jobs(Database database, Backlog backlog, InstantSource clock) {
        this.database = database;
        this.backlog = backlog;
        this.clock = clock;
    }

    /** Stores a job and its tasks. URLs with the same key are one task. */
    public SubmitOutcome submit(
            JobSpec spec, Iterable<Candidate> seeds, @Nullable IdempotencyKey idempotencyKey) {
        List<Candidate> tasks = distinct(seeds);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("a job needs at least one URL");
        }
        // Asked before the transaction: a second connection from within it could starve the pool.
        boolean full = backlog.isFull();
        return database.transaction(
                handle -> {
                    if (idempotencyKey != null) {
                        Optional<SubmitOutcome> before = earlier(handle, idempotencyKey);
                        if (before.isPresent()) {
                            return before.get();
                        }
                    }
                    if (full) {
                        return new BacklogFull(BACKLOG_RETRY);
                    }
                    Job job = insert(handle, spec, tasks);
                    if (idempotencyKey != null) {
                        remember(handle, idempotencyKey, job);
                    }
                    return new Accepted(job);
                });
    }

    public Optional<Job> find(UUID id) {
        return database.read(handle -> find(handle, id));
    }

    /**
     * Newest first.
     *
     * @param state only jobs in this state, or null for all
     * @param before only jobs with a smaller id, or null to start
     */
    public List<Job> list(@Nullable JobState state, @Nullable UUID before, int limit) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "SELECT "
                                                + JobRows.COLUMNS
                                                + """
                                                 FROM job
                                                WHERE (:state::text IS NULL OR state = :state)
                                                  AND (:before::uuid IS NULL OR id < :before::uuid)
                                                ORDER BY id DESC
                                                LIMIT :limit
                                                """)
                                .bind("state", state == null ? null : state.name())
                                .bind("before", before)
                                .bind("limit", limit)
                                .map(JobRows::map)
                                .list());
    }

    /** Ends a running job; its queued tasks are skipped when met. A final job stays as it is. */
    public Optional<Job> cancel(UUID id) {
        return database.transaction(
                handle -> {
                    handle.createUpdate(
                                    """
                                    UPDATE job
                                    SET state = 'CANCELLED', pending = 0, finished_at = now()
                                    WHERE id = :id AND state = 'RUNNING'
                                    """)
                            .bind("id", id)
                            .execute();
                    return find(handle, id);
                });
    }

    // task_job gives the job's hosts by an index-only skip from one host to the next: as many steps
    // as there
    // are hosts, however many tasks each has.
    private static final String HOSTS =
            """
            WITH RECURSIVE its (host_id) AS (
                (SELECT host_id FROM task WHERE job_id = :job ORDER BY host_id LIMIT 1)
                UNION ALL
                SELECT (SELECT host_id FROM task
                        WHERE job_id = :job AND host_id > its.host_id
                        ORDER BY host_id LIMIT 1)
                FROM its
                WHERE its.host_id IS NOT NULL
            )
            SELECT host.*
            FROM its
            JOIN host ON host.id = its.host_id
            WHERE :all OR host.not_before > now()
            ORDER BY host.not_before DESC NULLS LAST
            LIMIT :limit
            """;

    /**
     * The hosts that this job has tasks on and that may not be visited now, at most {@code limit}.
     */
    public List<HostStatus> waitingHosts(UUID id, int limit) {
        return hosts(id, false, limit);
    }

    /**
     * The hosts that this job has tasks on, at most {@code limit}, first those that may not be
     * visited now.
     */
    public List<HostStatus> hosts(UUID id, int limit) {
        return hosts(id, true, limit);
    }

    private List<HostStatus> hosts(UUID id, boolean all, int limit) {
        return database.read(
                handle ->
                        handle.createQuery(HOSTS)
                                .bind("job", id)
                                .bind("all", all)
                                .bind("limit", limit)
                                .map(Hosts::map)
                                .list());
    }

    private static Optional<Job> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT " + JobRows.COLUMNS + " FROM job WHERE id = :id")
                .bind("id", id)
                .map(JobRows::map)
                .findOne();
    }

    private static List<Candidate> distinct(Iterable<Candidate> seeds) {
        var keys = new HashSet<UUID>();
        var tasks = new ArrayList<Candidate>();
        for (Candidate seed : seeds) {
            if (keys.add(seed.key())) {
                tasks.add(seed);
            }
        }
        return tasks;
    }

    /** Two submissions with one key wait for one another here, and the second finds the first. */
    private static Optional<SubmitOutcome> earlier(Handle handle, IdempotencyKey key) {
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))::text")
                .bind("key", key.key())
                .mapTo(String.class)
                .one();
        return handle.createQuery("SELECT body_hash, job_id FROM idempotency WHERE key = :key")
                .bind("key", key.key())
                .map(
                        (row, context) -> {
                            Job job =
                                    find(handle, row.getObject("job_id", UUID.class)).orElseThrow();
                            SubmitOutcome outcome =
                                    row.getString("body_hash").equals(key.bodyHash())
                                            ? new Duplicate(job)
                                            : new Conflict(job);
                            return outcome;
                        })
                .findOne();
    }

    private static void remember(Handle handle, IdempotencyKey key, Job job) {
        handle.createUpdate(
                        "INSERT INTO idempotency (key, body_hash, job_id) VALUES (:key, :hash,"
                                + " :job)")
                .bind("key", key.key())
                .bind("hash", key.bodyHash())
                .bind("job", job.id())
                .execute();
    }

    private Job insert(Handle handle, JobSpec spec, List<Candidate> seeds) {
        CrawlSpec crawl = spec.crawl();
        Job job =
                handle.createQuery(INSERT)
                        .bind("id", JobIds.next(clock.instant()))
                        .bind("spec", Json.write(spec))
                        .bind("priority", spec.priority())
                        .bind("limit", crawl == null ? seeds.size() : crawl.limit())
                        .bind("n", seeds.size())
                        .map(JobRows::map)
                        .one();
        if (crawl != null) {
            Seen.add(handle, job.id(), seeds.stream().map(Candidate::key).toList());
        }
        List<NewTask> tasks = new ArrayList<>(seeds.size());
        for (Candidate seed : seeds) {
            tasks.add(NewTask.first(job.id(), spec.priority(), tasks.size(), seed));
        }
        // One order over all chunks: two large submissions to the same hosts cannot deadlock.
        tasks.sort(comparing(NewTask::host));
        for (int from = 0; from < tasks.size(); from += CHUNK) {
            TaskRows.insert(handle, tasks.subList(from, Math.min(from + CHUNK, tasks.size())));
        }
        return job;
    }
}
