package io.gleaner.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of a JVM, and a new empty database in it for each that asks.
 * Nothing is synced to the disk, so a test must not crash the machine.
 */
public final class TestDatabase {

    private static final Map<String, String> FAST =
            Map.of(
                    "fsync", "off",
                    "full_page_writes", "off",
                    "shared_buffers", "64MB",
                    "max_connections", "100",
                    "logging_collector", "off");

    private static final class Holder {
        static final TestDatabase SHARED = new TestDatabase();
    }

    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    private TestDatabase() {
        try {
            Path folder = Files.createTempDirectory("gleaner-test-");
            this.postgres =
                    EmbeddedPostgres.start(
                            new EmbeddedPostgresConfig(folder, Duration.ofMinutes(2), FAST));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(folder)));
        } catch (IOException e) {
            throw new IllegalStateException("no folder for the test database", e);
        }
    }

    /** Started by the first that asks, stopped with the JVM. */
    public static TestDatabase shared() {
        return Holder.SHARED;
    }

    /** A new database with nothing in it. */
    public Access fresh() {
        String name = "test_" + databases.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("could not create the test database " + name, e);
        }
        return new Access(
                postgres.jdbcUrl().replace("/" + PostgresAdmin.DATABASE + "?", "/" + name + "?"),
                postgres.user(),
                postgres.password());
    }

    /** {@link #fresh()} for those that take the user and the password in the URL. */
    public String freshUrl() {
        return fresh().urlWithUser();
    }

    private void stop(Path folder) {
        postgres.close();
        DataFolderSweep.delete(folder);
    }

    /** How to reach one database. */
    public record Access(String url, String user, String password) {

        /** For those that take the user and the password in the URL. */
        public String urlWithUser() {
            return "%s&user=%s&password=%s".formatted(url, user, password);
        }

        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }
    }
}
