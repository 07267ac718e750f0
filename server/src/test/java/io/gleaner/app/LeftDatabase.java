package io.gleaner.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The server of a data folder, seen past the service: it may have outlived it. */
record LeftDatabase(long pid, int port, String password) {

    private static final int PORT_LINE = 3;

    // One statement, so one snapshot, whatever is committed meanwhile.
    private static final String BOOKS =
            """
            SELECT state, total, pending, done, failed,
                   (SELECT count(*) FROM task WHERE job_id = job.id) AS tasks,
                   (SELECT count(*) FROM page WHERE job_id = job.id) AS pages,
                   (SELECT count(DISTINCT url) FROM page WHERE job_id = job.id) AS urls,
                   (SELECT coalesce(max(seq), 0) FROM page WHERE job_id = job.id) AS seq_max,
                   (SELECT coalesce(sum(backlog), 0) FROM host)
                       - (SELECT count(*) FROM task) AS backlog_error
            FROM job
            WHERE id = ?::uuid
            """;

    /** Of a folder whose server runs or has run without a stop in good order. */
    static LeftDatabase in(Path data) throws IOException {
        Path cluster = data.resolve("postgres/18");
        List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
        return new LeftDatabase(
                Long.parseLong(lines.getFirst().strip()),
                Integer.parseInt(lines.get(PORT_LINE).strip()),
                Files.readString(cluster.resolve("gleaner.password")).strip());
    }

    /** Whether a server that was never stopped left its file in the folder. */
    static boolean isIn(Path data) {
        return Files.exists(data.resolve("postgres/18/postmaster.pid"));
    }

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

        boolean balance() {
            return total == pending + done
                    && pending == tasks
                    && done == pages
                    && done == urls
                    && done == seqMax
                    && backlogError == 0;
        }
    }

    boolean runs() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    Books books(String job) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(BOOKS)) {
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

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/gleaner?sslmode=disable".formatted(port),
                "gleaner",
                password);
    }
}
