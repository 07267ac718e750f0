package io.gleaner.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** What has to be asked of and done in a server before Gleaner's own tables are its concern. */
final class PostgresAdmin implements AutoCloseable {

    static final String DATABASE = "gleaner";

    /** SQLSTATE of a server that is starting, recovering or shutting down. */
    static final String CANNOT_CONNECT_NOW = "57P03";

    // initdb's database. It exists from the first moment, and CREATE DATABASE needs one to sit in.
    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final String CONNECT_SECONDS_MAX = "5";
    private static final String ANSWER_SECONDS_MAX = "30";
    private static final String PROBE_SECONDS_MAX = "2";
    private static final int END_SESSION_MILLIS_MAX = 10_000;

    private final Connection connection;

    private PostgresAdmin(Connection connection) {
        this.connection = connection;
    }

    static PostgresAdmin connect(int port, String password) throws SQLException {
        return connect(port, password, MAINTENANCE_DATABASE, ANSWER_SECONDS_MAX);
    }

    /** For one question that a living server answers at once. */
    static PostgresAdmin probe(int port, String password) throws SQLException {
        return connect(port, password, MAINTENANCE_DATABASE, PROBE_SECONDS_MAX);
    }

    /** Has statements counted in Gleaner's database; the server has loaded what counts them. */
    static void ensureStatistics(int port, String password) throws SQLException {
        try (PostgresAdmin admin = connect(port, password, DATABASE, ANSWER_SECONDS_MAX);
                Statement statement = admin.connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        }
    }

    private static PostgresAdmin connect(
            int port, String password, String database, String answerSecondsMax)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", PostgresCluster.USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS_MAX);
        properties.setProperty("socketTimeout", answerSecondsMax);
        return new PostgresAdmin(DriverManager.getConnection(url(port, database), properties));
    }

    /** Encryption is not even tried: the bytes never leave the machine, and asking costs a trip. */
    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable&gssEncMode=disable"
                .formatted(port, database);
    }

    boolean serves(Path cluster) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            return row.next() && Path.of(row.getString(1)).equals(cluster);
        }
    }

    /** Ends what a dead process left open, so that none of its locks is in our way. */
    void endOtherSessions() throws SQLException {
        String sql =
                """
                SELECT pg_terminate_backend(pid, ?)
                FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, END_SESSION_MILLIS_MAX);
            statement.execute();
        }
    }

    void ensureDatabase() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean missing;
            try (ResultSet row =
                    statement.executeQuery(
                            "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                missing = !row.next();
            }
            if (missing) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
