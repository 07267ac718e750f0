package io.gleaner.app;

import io.gleaner.access.AccessKeys;
import io.gleaner.database.Database;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.database.DatabaseException;
import io.gleaner.postgres.EmbeddedPostgres;
import io.gleaner.postgres.EmbeddedPostgresConfig;
import io.gleaner.postgres.EmbeddedPostgresException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The access keys of an installation, for the command line: in the database of the running service,
 * or in the embedded one, started for as long as it takes.
 */
public final class KeyStore implements AutoCloseable {

    private final @Nullable EmbeddedPostgres embedded;
    private final Database database;

    private KeyStore(@Nullable EmbeddedPostgres embedded, Database database) {
        this.embedded = embedded;
        this.database = database;
    }

    /**
     * @throws StartException one sentence with cause and cure
     */
    public static KeyStore open(Settings settings) {
        Optional<DatabaseConfig> running = RunningDatabase.find(settings);
        EmbeddedPostgres embedded = null;
        try {
            if (running.isEmpty()) {
                embedded = EmbeddedPostgres.start(EmbeddedPostgresConfig.of(settings.data()));
            }
            return new KeyStore(embedded, connect(running.orElse(null), embedded));
        } catch (DatabaseException | EmbeddedPostgresException e) {
            if (embedded != null) {
                embedded.close();
            }
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Database connect(
            @Nullable DatabaseConfig running, @Nullable EmbeddedPostgres embedded) {
        DatabaseConfig config = running;
        if (embedded != null) {
            config = DatabaseConfig.of(embedded.jdbcUrl(), embedded.user(), embedded.password());
        }
        if (config == null) {
            throw new IllegalStateException("no database");
        }
        return Database.open(
                config.withConnections(DatabaseConfig.CONNECTIONS_MIN), new SimpleMeterRegistry());
    }

    public AccessKeys keys() {
        return new AccessKeys(database.requests());
    }

    @Override
    public void close() {
        database.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
