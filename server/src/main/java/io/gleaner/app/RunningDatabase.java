package io.gleaner.app;

import io.gleaner.database.DatabaseConfig;
import io.gleaner.database.DatabaseUrl;
import io.gleaner.postgres.EmbeddedPostgresException;
import io.gleaner.postgres.RunningPostgres;
import java.util.Optional;

/** The database of a service that may be running, for commands that only ask it something. */
public final class RunningDatabase {

    private RunningDatabase() {}

    /**
     * Starts nothing.
     *
     * @return how to reach it; empty when no server serves the data folder
     * @throws StartException when the data folder may not be read
     * @throws IllegalArgumentException when the database URL is malformed
     */
    public static Optional<DatabaseConfig> find(Settings settings) {
        if (settings.databaseUrl() != null) {
            return Optional.of(DatabaseUrl.parse(settings.databaseUrl()));
        }
        try {
            return RunningPostgres.find(settings.data())
                    .map(it -> DatabaseConfig.of(it.jdbcUrl(), it.user(), it.password()));
        } catch (EmbeddedPostgresException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }
}
