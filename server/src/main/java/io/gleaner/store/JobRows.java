package io.gleaner.store;

import io.gleaner.job.Job;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code job}. */
final class JobRows {

    static final String COLUMNS =
            "id, tenant, state, spec, total, pending, done, failed, from_cache, rendered,"
                    + " created_at, finished_at";

    private JobRows() {}

    static Job map(ResultSet row, StatementContext context) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                new Tenant(row.getLong("tenant")),
                JobState.valueOf(row.getString("state")),
                Json.read(row.getString("spec"), JobSpec.class),
                row.getLong("total"),
                row.getLong("pending"),
                row.getLong("done"),
                row.getLong("failed"),
                row.getLong("from_cache"),
                row.getLong("rendered"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("finished_at")));
    }

    static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
