package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.database.Sql;
import io.gleaner.job.Candidate;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Tenant;
import io.gleaner.job.Timing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** Writes and reads rows of {@code schedule} and {@code schedule_run}. */
final class ScheduleRows {

    private static final TypeReference<List<Candidate>> SEEDS = new TypeReference<>() {};

    /** Runs that are remembered of one schedule. */
    private static final int RUNS_KEPT = 100;

    static final String COLUMNS =
            "id, tenant, name, every_seconds, cron, zone, jitter_ms, recrawl, spec, seeds, due_at,"
                    + " start_at, last_job, last_completed, created_at";

    private static final Sql ADD_RUNS =
            Sql.named(
                    "schedule-add-runs",
                    """
                    INSERT INTO schedule_run (schedule_id, due_at, outcome, job_id, detail)
                    SELECT :id, timestamptz 'epoch' + due * interval '1 microsecond', outcome, job, detail
                    FROM unnest(:dues, :outcomes, :jobs, :details) AS t (due, outcome, job, detail)
                    """);

    private static final Sql FORGET_RUNS =
            Sql.named(
                    "schedule-forget-runs",
                    """
                    DELETE FROM schedule_run
                    WHERE schedule_id = :id AND due_at < (
                        SELECT due_at
                        FROM schedule_run
                        WHERE schedule_id = :id
                        ORDER BY due_at DESC
                        OFFSET :kept
                        LIMIT 1
                    )
                    """);

    private ScheduleRows() {}

    /** Remembers what became of times; their key lets none have two jobs. */
    static void add(Handle handle, UUID schedule, List<ScheduleRun> runs) {
        handle.createUpdate(ADD_RUNS.text())
                .bind("id", schedule)
                .bind("dues", Column.instant(runs, ScheduleRun::dueAt))
                .bind("outcomes", Column.text(runs, run -> run.outcome().name()))
                .bind("jobs", Column.uuidOrNull(runs, ScheduleRun::job))
                .bind("details", Column.text(runs, ScheduleRun::detail))
                .execute();
        handle.createUpdate(FORGET_RUNS.text())
                .bind("id", schedule)
                .bind("kept", RUNS_KEPT - 1)
                .execute();
    }

    static Schedule map(ResultSet row, StatementContext context) throws SQLException {
        return new Schedule(
                row.getObject("id", UUID.class),
                new Tenant(row.getLong("tenant")),
                row.getString("name"),
                timing(row),
                Duration.ofMillis(row.getLong("jitter_ms")),
                row.getBoolean("recrawl"),
                Json.read(row.getString("spec"), JobSpec.class),
                Json.read(row.getString("seeds"), SEEDS),
                instant(row, "due_at"),
                JobRows.instant(row.getTimestamp("start_at")),
                row.getObject("last_job", UUID.class),
                row.getObject("last_completed", UUID.class),
                instant(row, "created_at"));
    }

    static ScheduleRun run(ResultSet row, StatementContext context) throws SQLException {
        return new ScheduleRun(
                instant(row, "due_at"),
                instant(row, "at"),
                ScheduleRun.Outcome.valueOf(row.getString("outcome")),
                row.getObject("job_id", UUID.class),
                row.getString("detail"));
    }

    private static Timing timing(ResultSet row) throws SQLException {
        String cron = row.getString("cron");
        return cron == null
                ? new Timing.Every(Duration.ofSeconds(row.getLong("every_seconds")))
                : new Timing.Cron(cron, ZoneId.of(row.getString("zone")));
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.from(instant);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return requireNonNull(JobRows.instant(row.getTimestamp(column)));
    }
}
