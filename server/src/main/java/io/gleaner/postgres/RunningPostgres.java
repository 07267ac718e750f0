package io.gleaner.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server that serves a data folder now, for somebody who only asks it something: the folder
 * stays with the Gleaner that owns it.
 */
public record RunningPostgres(String jdbcUrl, String user, String password) {

    /**
     * @return empty when no server serves this folder
     * @throws EmbeddedPostgresException when the folder may not be read
     */
    public static Optional<RunningPostgres> find(Path dataFolder) {
        try {
            if (!Files.isDirectory(dataFolder)) {
                return Optional.empty();
            }
            Path cluster = DataFolder.cluster(dataFolder.toRealPath());
            Optional<PostgresPidFile> file = PostgresPidFile.read(cluster);
            if (file.flatMap(it -> it.server(cluster)).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new RunningPostgres(
                            PostgresAdmin.url(file.get().port(), PostgresAdmin.DATABASE),
                            PostgresCluster.USER,
                            PostgresCluster.password(cluster)));
        } catch (IOException e) {
            throw EmbeddedPostgresException.of("find the database's server", dataFolder, e);
        }
    }

    /**
     * As the other, of a folder in which a Gleaner works. One that is left over from a process that
     * died is none.
     */
    public static Optional<RunningPostgres> ofAnother(Path dataFolder) {
        try {
            return DataFolder.isHeld(dataFolder) ? find(dataFolder) : Optional.empty();
        } catch (IOException e) {
            throw EmbeddedPostgresException.of("find the database's server", dataFolder, e);
        }
    }

    /** The password is not for logs. */
    @Override
    public String toString() {
        return "RunningPostgres[" + jdbcUrl + "]";
    }
}
