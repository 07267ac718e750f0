package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import io.gleaner.job.Timing;
import io.gleaner.job.WebhookSpec;
import io.gleaner.seal.Sealer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that are begun again and again. A run and the next time of its schedule are stored in one
 * transaction, under the lock of the schedule's row: whatever dies at whatever moment, a time has
 * one job or none, and is not lost.
 */
public final class Schedules {

    /** Most that one tenant may have. */
    public static final int SCHEDULES_MAX = 1_000;

    private static final Sql INSERT =
            Sql.named(
                    "schedule-insert",
                    """
                    INSERT INTO schedule (id, tenant, name, every_seconds, cron, zone, jitter_ms, recrawl,
                                          spec, seeds, secrets, webhook_secrets, due_at, start_at)
                    SELECT :id, :tenant, :name, :every, :cron, :zone, :jitter, :recrawl,
                           :spec::jsonb, :seeds::jsonb, :secrets, :webhookSecrets, :due, :start
                    WHERE (SELECT count(*) FROM schedule WHERE tenant = :tenant) < :max
                    ON CONFLICT (tenant, name) DO NOTHING
                    """);

    private static final Sql LIST =
            Sql.named(
                    "schedule-list",
                    "SELECT %s FROM schedule WHERE tenant = :tenant ORDER BY name"
                            .formatted(ScheduleRows.COLUMNS));

    private static final Sql FIND =
            Sql.named(
                    "schedule-find",
                    "SELECT %s FROM schedule WHERE tenant = :tenant AND id = :id"
                            .formatted(ScheduleRows.COLUMNS));

    private static final Sql RUNS =
            Sql.named(
                    "schedule-runs",
                    """
                    SELECT due_at, at, outcome, job_id, detail
                    FROM schedule_run
                    WHERE schedule_id = :id
                    ORDER BY due_at DESC
                    LIMIT :limit
                    """);

    private static final Sql PAUSE =
            Sql.named(
                    "schedule-pause",
                    "UPDATE schedule SET start_at = NULL WHERE tenant = :tenant AND id = :id");

    private static final Sql RESUME =
            Sql.named(
                    "schedule-resume",
                    """
                    UPDATE schedule
                    SET due_at = :due, start_at = :start
                    WHERE tenant = :tenant AND id = :id AND start_at IS NULL
                    """);

    private static final Sql DELETE =
            Sql.named(
                    "schedule-delete", "DELETE FROM schedule WHERE tenant = :tenant AND id = :id");

    private static final Sql DUE =
            Sql.named(
                    "schedule-due",
                    """
                    SELECT %s, secrets, webhook_secrets,
                           (SELECT state FROM job WHERE job.id = last_job) AS last_state,
                           (SELECT id FROM job WHERE job.id = last_completed) AS known_completed
                    FROM schedule
                    WHERE start_at <= :now
                    ORDER BY start_at
                    LIMIT :limit
                    """
                            .formatted(ScheduleRows.COLUMNS));

    // Who comes second finds the row locked, or another time in it.
    private static final Sql CLAIM =
            Sql.named(
                    "schedule-claim",
                    """
                    SELECT id
                    FROM schedule
                    WHERE id = :id AND due_at = :due AND start_at IS NOT NULL
                    FOR UPDATE SKIP LOCKED
                    """);

    private static final Sql ADVANCE =
            Sql.named(
                    "schedule-advance",
                    """
                    UPDATE schedule
                    SET due_at = :due, start_at = :start, last_job = :last::uuid,
                        last_completed = :completed::uuid
                    WHERE id = :id
                    """);

    private final Transactions transactions;
    private final Sealer sealer;

    public Schedules(Transactions transactions, Sealer sealer) {
        this.transactions = transactions;
        this.sealer = sealer;
    }

    /**
     * Stores a schedule, unless its tenant has one of that name or has as many as there may be.
     *
     * @throws io.gleaner.seal.SealException when it has secrets and there is no key
     */
    public boolean create(Schedule schedule) {
        JobSpec spec = schedule.spec();
        WebhookSpec webhook = spec.webhook();
        byte[] secrets = JobSecrets.seal(sealer, schedule.id(), spec);
        byte[] webhookSecrets =
                webhook == null ? null : JobSecrets.sealWebhook(sealer, schedule.id(), webhook);
        Timing timing = schedule.timing();
        return transactions.runRepeatable(
                "schedule-create",
                handle ->
                        handle.createUpdate(INSERT.text())
                                                .bind("id", schedule.id())
                                                .bind("tenant", schedule.tenant().id())
                                                .bind("name", schedule.name())
                                                .bind("every", seconds(timing))
                                                .bind("cron", cron(timing))
                                                .bind("zone", zone(timing))
                                                .bind("jitter", schedule.jitter().toMillis())
                                                .bind("recrawl", schedule.recrawl())
                                                .bind("spec", Json.write(JobSecrets.without(spec)))
                                                .bind("seeds", Json.write(schedule.seeds()))
                                                .bind("secrets", secrets)
                                                .bind("webhookSecrets", webhookSecrets)
                                                .bind(
                                                        "due",
                                                        ScheduleRows.timestamp(schedule.dueAt()))
                                                .bind("start", start(schedule.startAt()))
                                                .bind("max", SCHEDULES_MAX)
                                                .execute()
                                        == 1
                                // A try whose answer got lost may have stored it.
                                || find(handle, schedule.tenant(), schedule.id()).isPresent());
    }

    /** All of a tenant, by name. */
    public List<Schedule> list(Tenant tenant) {
        return transactions.single(
                "schedule-list",
                handle ->
                        handle.createQuery(LIST.text())
                                .bind("tenant", tenant.id())
                                .map(ScheduleRows::map)
                                .list());
    }

    public Optional<Schedule> find(Tenant tenant, UUID id) {
        return transactions.single("schedule-find", handle -> find(handle, tenant, id));
    }

    private static Optional<Schedule> find(Handle handle, Tenant tenant, UUID id) {
        return handle.createQuery(FIND.text())
                .bind("tenant", tenant.id())
                .bind("id", id)
                .map(ScheduleRows::map)
                .findOne();
    }

    /** What became of the times that a schedule was due, the last one first. */
    public List<ScheduleRun> runs(UUID id, int limit) {
        return transactions.single(
                "schedule-runs",
                handle ->
                        handle.createQuery(RUNS.text())
                                .bind("id", id)
                                .bind("limit", limit)
                                .map(ScheduleRows::run)
                                .list());
    }

    /** Begins no more runs; the job of the last one goes on. */
    public Optional<Schedule> pause(Tenant tenant, UUID id) {
        return transactions.runRepeatable(
                "schedule-pause",
                handle -> {
                    handle.createUpdate(PAUSE.text())
                            .bind("tenant", tenant.id())
                            .bind("id", id)
                            .execute();
                    return find(handle, tenant, id);
                });
    }

    /** Goes on with a schedule that was paused, at the given time; one that was not stays so. */
    public Optional<Schedule> resume(Tenant tenant, UUID id, Instant due, Instant start) {
        return transactions.runRepeatable(
                "schedule-resume",
                handle -> {
                    handle.createUpdate(RESUME.text())
                            .bind("tenant", tenant.id())
                            .bind("id", id)
                            .bind("due", ScheduleRows.timestamp(due))
                            .bind("start", ScheduleRows.timestamp(start))
                            .execute();
                    return find(handle, tenant, id);
                });
    }

    /** Forgets a schedule; its jobs stay. Answers whether there was one. */
    public boolean delete(Tenant tenant, UUID id) {
        return transactions.single(
                        "schedule-delete",
                        handle ->
                                handle.createUpdate(DELETE.text())
                                        .bind("tenant", tenant.id())
                                        .bind("id", id)
                                        .execute())
                > 0;
    }

    /**
     * A schedule that is due.
     *
     * @param schedule with the secrets of its job
     * @param lastState how its last job stands; null when there is none, or it is forgotten
     * @param earlier the last job that was completed and is still known, or null
     */
    public record Due(Schedule schedule, @Nullable JobState lastState, @Nullable UUID earlier) {}

    /** Those that are to begin a run, the one that waits the longest first. */
    public List<Due> due(Instant now, int limit) {
        return transactions.single(
                "schedule-due",
                handle ->
                        handle.createQuery(DUE.text())
                                .bind("now", ScheduleRows.timestamp(now))
                                .bind("limit", limit)
                                .map(
                                        (row, context) -> {
                                            Schedule schedule = ScheduleRows.map(row, context);
                                            String state = row.getString("last_state");
                                            JobState last =
                                                    state == null ? null : JobState.valueOf(state);
                                            return new Due(
                                                    withSecrets(
                                                            schedule,
                                                            row.getBytes("secrets"),
                                                            row.getBytes("webhook_secrets")),
                                                    last,
                                                    last == JobState.COMPLETED
                                                            ? schedule.lastJob()
                                                            : row.getObject(
                                                                    "known_completed", UUID.class));
                                        })
                                .list());
    }

    private Schedule withSecrets(
            Schedule schedule, byte @Nullable [] secrets, byte @Nullable [] webhookSecrets) {
        JobSpec spec = JobSecrets.with(sealer, schedule.id(), schedule.spec(), secrets);
        WebhookSpec webhook = spec.webhook();
        JobSpec whole =
                webhook == null
                        ? spec
                        : spec.withWebhook(
                                JobSecrets.withWebhook(
                                        sealer, schedule.id(), webhook, webhookSecrets));
        return new Schedule(
                schedule.id(),
                schedule.tenant(),
                schedule.name(),
                schedule.timing(),
                schedule.jitter(),
                schedule.recrawl(),
                whole,
                schedule.seeds(),
                schedule.dueAt(),
                schedule.startAt(),
                schedule.lastJob(),
                schedule.lastCompleted(),
                schedule.createdAt());
    }

    /**
     * What is to become of a schedule that is due.
     *
     * @param spec and {@code seeds}: the job to begin; none, then nothing is
     * @param runs what became of the times up to now; that of a job that is begun is not among them
     * @param runDue the time that the job is begun for
     * @param nextDue the next time, and {@code nextStart}: when its run begins
     */
    public record Step(
            @Nullable JobSpec spec,
            SeedSource seeds,
            List<ScheduleRun> runs,
            Instant runDue,
            Instant nextDue,
            Instant nextStart) {}

    /**
     * Begins a run, or does not, and goes on to the next time, in one transaction.
     *
     * @return the job that was begun; empty when none was, or when another process did all this
     */
    public Optional<UUID> advance(Due due, Step step, Instant now) {
        Schedule schedule = due.schedule();
        JobSpec spec = step.spec();
        // Chosen before, so that a repetition finds what the first try may have stored.
        NewJob job =
                spec == null
                        ? null
                        : NewJob.of(
                                JobIds.next(now),
                                schedule.tenant(),
                                spec,
                                step.seeds(),
                                null,
                                sealer);
        if (job != null) {
            TaskRows.addHosts(transactions, job.seeds());
        }
        return transactions.runBulk(
                "schedule-advance",
                handle -> {
                    boolean ours =
                            handle.createQuery(CLAIM.text())
                                    .bind("id", schedule.id())
                                    .bind("due", ScheduleRows.timestamp(schedule.dueAt()))
                                    .mapTo(UUID.class)
                                    .findOne()
                                    .isPresent();
                    if (!ours) {
                        return Optional.empty();
                    }
                    List<ScheduleRun> runs = new ArrayList<>(step.runs());
                    if (job != null) {
                        JobInserts.insertLarge(handle, job);
                        WebhookRows.insert(handle, List.of(job));
                        Recrawls.insert(handle, List.of(job));
                        runs.add(
                                new ScheduleRun(
                                        step.runDue(),
                                        now,
                                        ScheduleRun.Outcome.STARTED,
                                        job.id(),
                                        null));
                    }
                    ScheduleRows.add(handle, schedule.id(), runs);
                    handle.createUpdate(ADVANCE.text())
                            .bind("id", schedule.id())
                            .bind("due", ScheduleRows.timestamp(step.nextDue()))
                            .bind("start", ScheduleRows.timestamp(step.nextStart()))
                            .bind("last", job == null ? schedule.lastJob() : job.id())
                            .bind("completed", due.earlier())
                            .execute();
                    return Optional.ofNullable(job).map(NewJob::id);
                });
    }

    private static java.sql.@Nullable Timestamp start(@Nullable Instant start) {
        return start == null ? null : ScheduleRows.timestamp(start);
    }

    private static @Nullable Long seconds(Timing timing) {
        return switch (timing) {
            case Timing.Every(var period) -> period.toSeconds();
            case Timing.Cron _ -> null;
        };
    }

    private static @Nullable String cron(Timing timing) {
        return switch (timing) {
            case Timing.Every _ -> null;
            case Timing.Cron(var expression, _) -> expression;
        };
    }

    private static String zone(Timing timing) {
        return switch (timing) {
            case Timing.Every _ -> "UTC";
            case Timing.Cron(_, var zone) -> zone.getId();
        };
    }
}
