package io.gleaner.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
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

    /** What the sessions of a server that was killed say. */
    private static final String ITS_SESSIONS = "terminating connection";

    private static final int LAST_WORDS_LINES = 40;
    private static final Pattern LAST_WORDS = Pattern.compile("\\b(FATAL|PANIC): ");

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final EmbeddedPostgresConfig config;
    private final int port;
    private final String password;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile PostgresServer server;
    private volatile PostgresLog written;

    private EmbeddedPostgres(
            DataFolder folder,
            PostgresBinaries binaries,
            EmbeddedPostgresConfig config,
            PostgresServer server,
            PostgresLog written,
            String password) {
        this.folder = folder;
        this.binaries = binaries;
        this.config = config;
        this.port = server.port();
        this.server = server;
        this.written = written;
        this.password = password;
    }

    /** How the server does. */
    public enum State {
        SERVING,
        /** Its process is there, and takes no connection or does not answer. */
        SILENT,
        ENDED
    }

    /** Whether a data folder holds a database already. */
    public static boolean exists(Path dataFolder) {
        return Files.exists(DataFolder.cluster(dataFolder));
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
        return PostgresAdmin.url(port, PostgresAdmin.DATABASE);
    }

    public String user() {
        return PostgresCluster.USER;
    }

    public String password() {
        return password;
    }

    /** Looks after the server; takes a few seconds at most. */
    public State look() {
        try {
            return !server.isRunning()
                    ? State.ENDED
                    : server.answers(password) ? State.SERVING : State.SILENT;
        } catch (IOException e) {
            throw EmbeddedPostgresException.of("look after the database", folder.path(), e);
        }
    }

    /** Why the server has ended, in one sentence, as far as it said so. */
    public String lastWords() {
        try {
            List<String> lines =
                    written.read().lines().filter(line -> !line.contains(ITS_SESSIONS)).toList();
            String last =
                    String.join(
                            "\n",
                            lines.subList(
                                    Math.max(0, lines.size() - LAST_WORDS_LINES), lines.size()));
            return LAST_WORDS.matcher(last).find()
                    ? String.valueOf(PostgresSymptom.diagnose(folder.path(), last).getMessage())
                    : "It was ended from outside.";
        } catch (IOException e) {
            return "Its log cannot be read: " + e.getMessage();
        }
    }

    /**
     * Ends what may be left of the server and starts it again, on the same port. What was committed
     * is there.
     *
     * @throws EmbeddedPostgresException with one sentence that names the cause and the cure
     */
    public synchronized void startAgain() throws InterruptedException {
        if (closed.get()) {
            return;
        }
        try {
            server.kill();
            Map<String, String> settings = new HashMap<>(config.settings());
            settings.put("port", String.valueOf(port));
            written = PostgresLog.since(folder);
            server =
                    PostgresServer.launch(
                            folder,
                            binaries,
                            new EmbeddedPostgresConfig(
                                    config.dataFolder(), config.startTimeout(), settings));
        } catch (IOException e) {
            throw EmbeddedPostgresException.of("start the database again", folder.path(), e);
        } finally {
            // One that still recovers is ours to look after, too.
            adoptAgain();
        }
    }

    private void adoptAgain() {
        try {
            PostgresServer.find(folder, binaries).ifPresent(found -> server = found);
        } catch (IOException e) {
            log.debug("the database's server cannot be looked for", e);
        }
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

    private synchronized boolean stopped() throws IOException {
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

        PostgresLog written = PostgresLog.since(folder);
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
        return new EmbeddedPostgres(folder, binaries, config, server, written, password);
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
