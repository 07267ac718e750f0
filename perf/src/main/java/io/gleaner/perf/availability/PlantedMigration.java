package io.gleaner.perf.availability;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The next release: this one with two migrations more, which lie in a folder in front of the jar.
 * They do to the busiest tables what additive migrations may do
 * (docs/adr/0030-migrations-are-additive.md): add columns and tables, and build an index.
 */
final class PlantedMigration {

    private static final String ADD =
            """
            ALTER TABLE job ADD COLUMN planted bigint NOT NULL DEFAULT 0;
            ALTER TABLE host ADD COLUMN planted text;
            ALTER TABLE task ADD COLUMN planted smallint NOT NULL DEFAULT 0;
            ALTER TABLE page ADD COLUMN planted text;
            CREATE TABLE planted (job_id uuid PRIMARY KEY, noted_at timestamptz NOT NULL DEFAULT now());
            """;

    // Without a transaction around it, hence in a file of its own.
    private static final String INDEX = "CREATE INDEX CONCURRENTLY planted_job ON job (planted);";

    private PlantedMigration() {}

    /** Of the program whose migrations a database has. */
    static ServerProgram next(ServerProgram current, DatabaseAddress database, Path folder) {
        int version = version(database);
        try {
            Path migrations = Files.createDirectories(folder.resolve("db").resolve("migration"));
            Files.writeString(migrations.resolve("V%d__planted.sql".formatted(version + 1)), ADD);
            Files.writeString(migrations.resolve("V%d__index.sql".formatted(version + 2)), INDEX);
        } catch (IOException e) {
            throw new BenchException("the planted migration cannot be written", e);
        }
        return current.withClassPath(folder);
    }

    /** The highest version that a database was brought to, without what follows a point. */
    static int version(DatabaseAddress database) {
        try (Connection connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                SELECT coalesce(max(split_part(version, '.', 1)::int), 0)
                                FROM flyway_schema_history
                                WHERE success
                                """)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new BenchException("the version of the schema cannot be read", e);
        }
    }
}
