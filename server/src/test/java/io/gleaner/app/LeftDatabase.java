package io.gleaner.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The server of a data folder, seen past the service: it may have outlived it. */
record LeftDatabase(long pid, int port, String password) {

    private static final int PORT_LINE = 3;

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

    boolean runs() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    Books books(String job) throws SQLException {
        try (Connection connection = connect()) {
            return Books.of(job, connection);
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
