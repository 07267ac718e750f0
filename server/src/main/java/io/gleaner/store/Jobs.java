package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.Changes;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import io.gleaner.job.WebhookSpec;
import io.gleaner.seal.Sealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The jobs that were submitted: find, list, cancel. Every public method is one transaction. */
public final class Jobs {

    private static final Sql FIND =
            Sql.named("job-find", "SELECT " + JobRows.COLUMNS + " FROM job WHERE id = :id");

    private static final Sql FIND_WITH_SECRETS =
            Sql.named(
                    "job-find-with-secrets",
                    "SELECT %s, secrets FROM job WHERE id = :id".formatted(JobRows.COLUMNS));

    /** Sorts behind every id, so that one plan serves the first page and all others. */
    private static final UUID LAST = new UUID(-1, -1);

    // By job_tenant_state, in any state as the newest of each: so neither a state that few jobs are
    // in nor a tenant that has few is searched for in all of them. As a range and in the index's
    // order, because with tenant = :tenant the planner may walk the ids instead, which it does once
    // it plans for any tenant.
    private static final Sql LIST =
            Sql.named(
                    "job-list",
                    """
                    SELECT %1$s
                    FROM unnest(:states) AS wanted (name)
                    CROSS JOIN LATERAL (
                        SELECT %1$s
                        FROM job
                        WHERE (tenant, state) >= (:tenant, wanted.name)
                            AND (tenant, state, id) < (:tenant, wanted.name, :before)
                        ORDER BY tenant DESC, state DESC, id DESC
                        LIMIT :limit
                    ) newest
                    ORDER BY id DESC
                    LIMIT :limit
                    """
                            .formatted(JobRows.COLUMNS));

    private static final Sql CANCEL =
            Sql.named(
                    "job-cancel",
                    """
                    UPDATE job
                    SET state = 'CANCELLED', pending = 0, finished_at = now(), secrets = NULL
                    WHERE id = :id AND state = 'RUNNING'
                    """);

    private final Transactions transactions;
    private final Sealer sealer;

    /**
     * @param sealer opens the secrets of jobs; one without a key where nobody asks for them
     */
    public Jobs(Transactions transactions, Sealer sealer) {
        this.transactions = transactions;
        this.sealer = sealer;
    }

    /** The job, if it is this tenant's. */
    public Optional<Job> find(JobRef ref) {
        return find(ref.id()).filter(job -> job.tenant().equals(ref.tenant()));
    }

    public Optional<Job> find(UUID id) {
        return transactions.single("job-find", handle -> find(handle, id));
    }

    /**
     * With the request headers that may carry a secret, for whoever sends them.
     *
     * @throws io.gleaner.seal.SealException when the key is not here
     */
    public Optional<Job> findWithSecrets(UUID id) {
        return transactions.single(
                "job-find-with-secrets",
                handle ->
                        handle.createQuery(FIND_WITH_SECRETS.text())
                                .bind("id", id)
                                .map(this::withSecrets)
                                .findOne());
    }

    private Job withSecrets(ResultSet row, StatementContext context) throws SQLException {
        Job job = JobRows.map(row, context);
        return job.withSpec(JobSecrets.with(sealer, job.id(), job.spec(), row.getBytes("secrets")));
    }

    /**
     * A tenant's jobs, newest first.
     *
     * @param state only jobs in this state, or null for all
     * @param before only jobs with a smaller id, or null to start
     */
    public List<Job> list(
            Tenant tenant, @Nullable JobState state, @Nullable UUID before, int limit) {
        List<JobState> states = state == null ? List.of(JobState.values()) : List.of(state);
        return transactions.single(
                "job-list",
                handle ->
                        handle.createQuery(LIST.text())
                                .bind("tenant", tenant.id())
                                .bind("states", Column.text(states, JobState::name))
                                .bind("before", before == null ? LAST : before)
                                .bind("limit", limit)
                                .map(JobRows::map)
                                .list());
    }

    /**
     * A tenant's jobs that a filter lets through, in its order.
     *
     * @param cursor the job after which the list goes on, or null to start
     */
    public List<Job> search(Tenant tenant, JobFilter filter, @Nullable UUID cursor, int limit) {
        return filter.isOfState()
                ? list(tenant, filter.state(), cursor, limit)
                : transactions.single(
                        "job-search",
                        handle -> JobSearch.find(handle, tenant, filter, cursor, limit));
    }

    /** How many there are, {@link JobSearch#COUNTED_MAX} for any number from there. */
    public int count(Tenant tenant, JobFilter filter) {
        return transactions.single("job-count", handle -> JobSearch.count(handle, tenant, filter));
    }

    private static final Sql FIND_TO_REPEAT =
            Sql.named(
                    "job-find-to-repeat",
                    """
                    SELECT %s, secrets, had_secrets,
                           (SELECT secrets FROM webhook WHERE job_id = job.id) AS webhook_secrets
                    FROM job
                    WHERE id = :id
                    """
                            .formatted(JobRows.COLUMNS));

    /**
     * A job as it was submitted.
     *
     * @param secretsGone whether it had secrets that are no more, as those of a job that has ended
     */
    public record Repeatable(Job job, boolean secretsGone) {}

    /**
     * What is needed to do a job once more, with its secrets as far as they are kept.
     *
     * @throws io.gleaner.seal.SealException when the key is not here
     */
    public Optional<Repeatable> findToRepeat(JobRef ref) {
        return transactions
                .single(
                        "job-find-to-repeat",
                        handle ->
                                handle.createQuery(FIND_TO_REPEAT.text())
                                        .bind("id", ref.id())
                                        .map(this::repeatable)
                                        .findOne())
                .filter(found -> found.job().tenant().equals(ref.tenant()));
    }

    private Repeatable repeatable(ResultSet row, StatementContext context) throws SQLException {
        Job job = withSecrets(row, context);
        WebhookSpec webhook = job.spec().webhook();
        if (webhook != null) {
            byte[] sealed = row.getBytes("webhook_secrets");
            job =
                    job.withSpec(
                            job.spec()
                                    .withWebhook(
                                            JobSecrets.withWebhook(
                                                    sealer, job.id(), webhook, sealed)));
        }
        boolean gone = row.getBoolean("had_secrets") && row.getBytes("secrets") == null;
        return new Repeatable(job, gone);
    }

    /** Ends a running job; its queued tasks are skipped when met. A final job stays as it is. */
    public Optional<Job> cancel(UUID id) {
        return transactions.runRepeatable(
                "job-cancel",
                handle -> {
                    handle.createUpdate(CANCEL.text()).bind("id", id).execute();
                    return find(handle, id);
                });
    }

    /** What has become of the pages so far; empty for a job that crawls nothing again. */
    public Optional<Changes> changes(UUID id) {
        return transactions.single("recrawl-find", handle -> Recrawls.find(handle, id));
    }

    private static final Sql CANCELLED_SINCE =
            Sql.named(
                    "jobs-cancelled-since",
                    """
                    SELECT now() AS at, ARRAY(
                        SELECT id
                        FROM job
                        WHERE state = 'CANCELLED'
                            AND finished_at > timestamptz 'epoch' + :since * interval '1 microsecond'
                        ORDER BY finished_at DESC
                        LIMIT :limit
                    ) AS ids
                    """);

    /**
     * Jobs that were cancelled.
     *
     * @param at the moment of the look, by the database's clock
     */
    public record Cancelled(Instant at, List<UUID> ids) {}

    /**
     * The jobs that were cancelled after {@code since}, by the database's clock; the latest ones
     * when there are more than {@code limit}.
     */
    public Cancelled cancelledSince(Instant since, int limit) {
        return transactions.single(
                "jobs-cancelled-since",
                handle ->
                        handle.createQuery(CANCELLED_SINCE.text())
                                .bind("since", ChronoUnit.MICROS.between(Instant.EPOCH, since))
                                .bind("limit", limit)
                                .map(
                                        (row, context) ->
                                                new Cancelled(
                                                        row.getTimestamp("at").toInstant(),
                                                        List.of(
                                                                (UUID[])
                                                                        row.getArray("ids")
                                                                                .getArray())))
                                .one());
    }

    private static final int STEPS_MAX = 1_000;

    // task_job gives the job's hosts by an index-only skip from one host to the next: as many steps
    // as there
    // are hosts, however many tasks each has, up to a bound.
    private static final Sql HOSTS =
            Sql.named(
                    "job-hosts",
                    """
                    WITH RECURSIVE its (host_id, n) AS (
                        (SELECT host_id, 1 FROM task WHERE job_id = :job ORDER BY host_id LIMIT 1)
                        UNION ALL
                        SELECT (SELECT host_id FROM task
                                WHERE job_id = :job AND host_id > its.host_id
                                ORDER BY host_id LIMIT 1), n + 1
                        FROM its
                        WHERE its.host_id IS NOT NULL AND n < :steps
                    )
                    SELECT %s, (
                        SELECT count(*)
                        FROM (
                            SELECT
                            FROM task
                            WHERE job_id = :job AND host_id = host.id
                            LIMIT :counted
                        ) counted
                    ) AS tasks
                    FROM its
                    JOIN host ON host.id = its.host_id
                    ORDER BY host.not_before DESC NULLS LAST
                    LIMIT :limit
                    """
                            .formatted(Hosts.COLUMNS));

    /** Most tasks that are counted of one job at one host. */
    public static final int COUNTED_MAX = 100;

    /**
     * A host that a job has tasks on.
     *
     * @param tasks how many, {@link #COUNTED_MAX} for any number from there
     */
    public record JobHost(HostStatus host, int tasks) {}

    /**
     * The hosts that this job has tasks on, at most {@code limit}, first those that may not be
     * visited for the longest time. A job of very many hosts is looked at in part.
     */
    public List<JobHost> hosts(UUID id, int limit) {
        return transactions.single(
                "job-hosts",
                handle ->
                        handle.createQuery(HOSTS.text())
                                .bind("job", id)
                                .bind("steps", STEPS_MAX)
                                .bind("limit", limit)
                                .bind("counted", COUNTED_MAX)
                                .map(Jobs::host)
                                .list());
    }

    private static JobHost host(ResultSet row, StatementContext context) throws SQLException {
        return new JobHost(Hosts.map(row, context), row.getInt("tasks"));
    }

    private static Optional<Job> find(Handle handle, UUID id) {
        return handle.createQuery(FIND.text()).bind("id", id).map(JobRows::map).findOne();
    }
}
