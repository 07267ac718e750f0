package io.gleaner.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own: real server programs, data in a folder, reachable on loopback
 * only and with a password that only this user can read.
 *
 * <p>The server does not die with us. After a {@code kill -9} the next start finds it still running
 * and adopts it, which is faster than any restart and spares a crash recovery; the sessions of the
 * dead process are ended first. A server with other settings or of another Gleaner is stopped and
 * started anew.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final DataFolder folder;
    private final PostgresServer server;
    private final String password;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedPostgres(DataFolder folder, PostgresServer server, String password) {
        this.folder = folder;
        this.server = server;
        this.password = password;
    }

    /**
     * Starts or adopts the server of a data folder and waits until it accepts connections.
     *
     * @throws EmbeddedPostgresException with one sentence that names the cause and the cure; the
     *     folder is as good as it was
     */
    public static EmbeddedPostgres start(EmbeddedPostgresConfig config) {
        DataFolder folder = DataFolder.open(config.dataFolder());
        boolean started = false;
        try {
            EmbeddedPostgres postgres = start(folder, config);
            started = true;
            return postgres;
        } catch (IOException e) {
            throw EmbeddedPostgresException.of("start the database", folder.path(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException(
                    "The start of the database in %s was interrupted: start again."
                            .formatted(folder.path()));
        } finally {
            if (!started) {
                folder.close();
            }
        }
    }

    public String jdbcUrl() {
        return PostgresAdmin.url(server.port(), PostgresAdmin.DATABASE);
    }

    public String user() {
        return PostgresCluster.USER;
    }

    public String password() {
        return password;
    }

    /** Rolls back what is open, stops the server, and lets go of the folder. Bounded in time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // An interrupted thread still has to stop the server: half a stop would leave an orphan.
        boolean interrupted = Thread.interrupted();
        try {
            while (!stopped()) {
                interrupted = true;
            }
        } catch (IOException | EmbeddedPostgresException e) {
            log.error("the database keeps running", e);
        } finally {
            folder.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean stopped() throws IOException {
        try {
            server.stop();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static EmbeddedPostgres start(DataFolder folder, EmbeddedPostgresConfig config)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        PostgresAccount account = PostgresAccount.choose(folder);
        PostgresBinaries binaries = PostgresBinaries.find(folder, account);
        PostgresCluster cluster = new PostgresCluster(folder, binaries);
        cluster.ensure(!"off".equals(config.settings().get("fsync")));

        Optional<PostgresServer> adopted = adopt(folder, binaries, cluster, config);
        PostgresServer server =
                adopted.isPresent() ? adopted.get() : launch(folder, binaries, cluster, config);
        boolean counts = binaries.hasLibrary(PostgresSettings.STATISTICS);
        String password = prepare(folder, server, cluster, counts);
        log.info(
                "PostgreSQL {} {} in {} ms: {}, port {}",
                PostgresPlatform.VERSION,
                adopted.isPresent() ? "adopted" : "started",
                Duration.ofNanos(System.nanoTime() - begin).toMillis(),
                folder.path(),
                server.port());
        return new EmbeddedPostgres(folder, server, password);
    }

    private static PostgresServer launch(
            DataFolder folder,
            PostgresBinaries binaries,
            PostgresCluster cluster,
            EmbeddedPostgresConfig config)
            throws IOException, InterruptedException {
        cluster.settings(PostgresSettings.file(binaries, config.settings()));
        return PostgresServer.launch(folder, binaries, config);
    }

    private static Optional<PostgresServer> adopt(
            DataFolder folder,
            PostgresBinaries binaries,
            PostgresCluster cluster,
            EmbeddedPostgresConfig config)
            throws IOException, InterruptedException {
        Optional<PostgresServer> found = PostgresServer.find(folder, binaries);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        PostgresServer server = found.get();
        String fixedPort = config.settings().get("port");
        if (cluster.settings().equals(PostgresSettings.file(binaries, config.settings()))
                && (fixedPort == null || fixedPort.equals(String.valueOf(server.port())))) {
            PostgresServer.Health health = server.await(cluster.password(), config.startTimeout());
            switch (health) {
                case READY -> {
                    return found;
                }
                case RECOVERING ->
                        throw PostgresServer.stillRecovering(folder, config.startTimeout());
                case UNREACHABLE, GONE ->
                        log.warn("the database left by an earlier start is {}", health);
            }
        }
        log.info("stopping the database that an earlier start left running");
        server.stop();
        return Optional.empty();
    }

    /**
     * Returns the password that the server accepted; a server that is no use is not left behind.
     */
    private static String prepare(
            DataFolder folder, PostgresServer server, PostgresCluster cluster, boolean counts)
            throws IOException, InterruptedException {
        String password = cluster.password();
        try (PostgresAdmin admin = PostgresAdmin.connect(server.port(), password)) {
            admin.endOtherSessions();
            admin.ensureDatabase();
            if (counts) {
                PostgresAdmin.ensureStatistics(server.port(), password);
            }
            return password;
        } catch (SQLException e) {
            server.stop();
            throw PostgresSymptom.diagnose(folder.path(), String.valueOf(e.getMessage()));
        }
    }
}
