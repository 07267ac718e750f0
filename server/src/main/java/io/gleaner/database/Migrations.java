package io.gleaner.database;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGProperty;

/** Brings the schema up to date. Several processes at once take turns. */
final class Migrations {

    private Migrations() {}

    /**
     * @param sharesSessions whether sessions are shared with others, so that the lock by which
     *     processes take turns cannot be held
     * @throws DatabaseException one sentence that names the cause and the cure
     */
    static void run(DatabaseConfig config, boolean sharesSessions) {
        Flyway flyway = flyway(config, sharesSessions);
        try {
            if (!sharesSessions) {
                flyway.migrate();
            } else if (flyway.info().pending().length > 0) {
                throw new DatabaseException(
                        "the schema is not up to date, and cannot be brought there through a pooler"
                                + " that shares sessions (PgBouncer in transaction mode): run"
                                + " 'gleaner db migrate' once with the database's own address");
            }
        } catch (FlywayException e) {
            throw new DatabaseException(
                    "the schema could not be brought up to date: " + SqlStates.firstLine(e), e);
        }
    }

    private static Flyway flyway(DatabaseConfig config, boolean sharesSessions) {
        Map<String, String> unprepared = Map.of(PGProperty.PREPARE_THRESHOLD.getName(), "0");
        return Flyway.configure()
                .jdbcProperties(sharesSessions ? unprepared : Map.of())
                .dataSource(config.jdbcUrl(), config.user(), config.password())
                // A newer release may have been here: while it is rolled out, both work side by
                // side, and after a way back this one does. Migrations only add (ADR 30).
                .ignoreMigrationPatterns("*:future")
                // A transaction that holds Flyway's lock would be waited for by CREATE INDEX
                // CONCURRENTLY, and the transaction by the index: for ever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
    }
}
