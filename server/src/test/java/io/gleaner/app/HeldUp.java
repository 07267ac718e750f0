package io.gleaner.app;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Transactions that come to a statement and no further, until they are let go. */
final class HeldUp implements AutoCloseable {

    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'";

    private final LeftDatabase database;
    private final Connection connection;
    private final String table;

    private HeldUp(LeftDatabase database, Connection connection, String table) {
        this.database = database;
        this.connection = connection;
        this.table = table;
    }

    /**
     * @param what a trigger's event and table: {@code UPDATE ON job}
     */
    static HeldUp at(LeftDatabase database, String what) throws SQLException {
        Connection connection = database.connect();
        var held = new HeldUp(database, connection, what.substring(what.indexOf(" ON ") + 4));
        held.execute(
                """
                CREATE OR REPLACE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_advisory_xact_lock_shared(42);
                    RETURN new;
                END $$
                """);
        held.execute("SELECT pg_advisory_lock(42)");
        held.execute(
                "CREATE TRIGGER hold_up BEFORE %s FOR EACH ROW EXECUTE FUNCTION hold_up()"
                        .formatted(what));
        return held;
    }

    void awaitSomebody() {
        await().pollInterval(Duration.ofMillis(20)).until(() -> database.number(WAITING) > 0);
    }

    /** Returns when those that waited have gone on, or have found their client dead. */
    void letGo() throws SQLException {
        execute("SELECT pg_advisory_unlock_all()");
        await().until(
                        () ->
                                database.number(
                                                """
                                                SELECT count(*) FROM pg_stat_activity
                                                WHERE xact_start IS NOT NULL
                                                    AND application_name LIKE 'gleaner-%'
                                                """)
                                        == 0);
        execute("DROP TRIGGER hold_up ON " + table);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
