package io.gleaner.app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A job's counters beside the rows that they count. */
record Books(
        String state,
        long total,
        long pending,
        long done,
        long failed,
        long tasks,
        long pages,
        long urls,
        long seqMax,
        long backlogError) {

    // One statement, so one snapshot, whatever is committed meanwhile.
    private static final String BOOKS =
            """
            SELECT state, total, pending, done, failed,
                   (SELECT count(*) FROM task WHERE job_id = job.id) AS tasks,
                   (SELECT count(*) FROM page WHERE job_id = job.id) AS pages,
                   (SELECT count(DISTINCT url) FROM page WHERE job_id = job.id) AS urls,
                   (SELECT coalesce(max(seq), 0) FROM page WHERE job_id = job.id) AS seq_max,
                   (SELECT abs(coalesce(sum(backlog), 0) - (SELECT count(*) FROM task)) FROM host)
                       + (SELECT abs(coalesce(sum(tasks), 0) - (SELECT count(*) FROM task))
                          FROM backlog_change) AS backlog_error
            FROM job
            WHERE id = ?::uuid
            """;

    /**
     * @param job its path or its id
     */
    static Books of(String job, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BOOKS)) {
            statement.setString(1, job.substring(job.lastIndexOf('/') + 1));
            ResultSet row = statement.executeQuery();
            row.next();
            return new Books(
                    row.getString("state"),
                    row.getLong("total"),
                    row.getLong("pending"),
                    row.getLong("done"),
                    row.getLong("failed"),
                    row.getLong("tasks"),
                    row.getLong("pages"),
                    row.getLong("urls"),
                    row.getLong("seq_max"),
                    row.getLong("backlog_error"));
        }
    }

    boolean balance() {
        return total == pending + done
                && pending == tasks
                && done == pages
                && done == urls
                && done == seqMax
                && backlogError == 0;
    }
}
