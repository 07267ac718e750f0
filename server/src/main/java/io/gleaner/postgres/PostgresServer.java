package io.gleaner.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running server process: found or launched, waited for, stopped. */
final class PostgresServer {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final int PORT_TRIES_MAX = 5;
    private static final Duration FAST_STOP_MAX = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE_STOP_MAX = Duration.ofSeconds(10);
    private static final Duration UNREACHABLE_MAX = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** The class of SQLSTATEs of connections that were not made or are lost. */
    private static final String CONNECTION_FAILURE = "08";

    private static final Duration POLL = Duration.ofMillis(100);

    /** What a server that was found running is good for. */
    enum Health {
        READY,
        RECOVERING,
        UNREACHABLE,
        GONE
    }

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final ProcessHandle process;
    private final int port;

    private PostgresServer(
            DataFolder folder, PostgresBinaries binaries, ProcessHandle process, int port) {
        this.folder = folder;
        this.binaries = binaries;
        this.process = process;
        this.port = port;
    }

    /** The server of this folder that an earlier Gleaner left running, if any. */
    static Optional<PostgresServer> find(DataFolder folder, PostgresBinaries binaries)
            throws IOException {
        return PostgresPidFile.read(folder.cluster())
                .flatMap(
                        file ->
                                file.server(folder.cluster())
                                        .map(
                                                process ->
                                                        new PostgresServer(
                                                                folder,
                                                                binaries,
                                                                process,
                                                                file.port())));
    }

    /** Starts a server where none runs and waits until it accepts connections. */
    static PostgresServer launch(
            DataFolder folder, PostgresBinaries binaries, EmbeddedPostgresConfig config)
            throws IOException, InterruptedException {
        String fixedPort = config.settings().get("port");
        PostgresPidFile.delete(folder.cluster());
        for (int attempt = 1; ; attempt++) {
            String port = fixedPort != null ? fixedPort : String.valueOf(freePort());
            PostgresLog written = PostgresLog.since(folder);
            binaries.account().own(folder.postgres());
            boolean started = start(folder, binaries, port, config.startTimeout());
            Optional<PostgresServer> server = find(folder, binaries);
            if (started && server.isPresent()) {
                return server.get();
            }
            if (server.isPresent()) {
                throw stillRecovering(folder, config.startTimeout());
            }
            String output = written.read();
            if (!PostgresSymptom.portTaken(output)) {
                throw PostgresSymptom.diagnose(folder.path(), output);
            }
            if (fixedPort != null || attempt == PORT_TRIES_MAX) {
                throw portTaken(port);
            }
            log.debug("port {} was taken in the meantime, trying another", port);
        }
    }

    static EmbeddedPostgresException stillRecovering(DataFolder folder, Duration timeout) {
        return new EmbeddedPostgresException(
                "The database in %s is still recovering from a crash after %d s: nothing is lost and it goes on by itself, start again later or with a longer start timeout."
                        .formatted(folder.path(), timeout.toSeconds()));
    }

    int port() {
        return port;
    }

    /** Waits until the server is of use, or shows that it will not be. */
    Health await(String password, Duration timeout) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long lastAnswer = begin;
        while (true) {
            Health health = health(password);
            long now = System.nanoTime();
            if (health == Health.RECOVERING) {
                lastAnswer = now;
            }
            if (health == Health.READY
                    || now - begin > timeout.toNanos()
                    || now - lastAnswer > UNREACHABLE_MAX.toNanos()) {
                return health;
            }
            if (endsWithin(POLL)) {
                return Health.GONE;
            }
        }
    }

    /** Whether it takes a connection and answers, or says that it is about to. */
    boolean answers(String password) {
        try (PostgresAdmin admin = PostgresAdmin.probe(port, password)) {
            return admin.serves(folder.cluster());
        } catch (SQLException e) {
            log.debug("PostgreSQL on port {} does not answer: {}", port, e.getMessage());
            // It answers that it recovers, or that all its connections are in use.
            return e.getSQLState() != null && !e.getSQLState().startsWith(CONNECTION_FAILURE);
        }
    }

    boolean isRunning() throws IOException {
        return !hasEnded();
    }

    /**
     * Ends a server that can no more be asked to stop, and what it has started: a frozen process
     * that keeps its shared memory would be in the way of the next server.
     */
    void kill() throws IOException, InterruptedException {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process);
        family.forEach(ProcessHandle::destroyForcibly);
        if (!endsWithin(GRACE)) {
            throw cannotBeStopped();
        }
    }

    private EmbeddedPostgresException cannotBeStopped() {
        return new EmbeddedPostgresException(
                "The PostgreSQL of data folder %s (process %d) cannot be stopped: end it first."
                        .formatted(folder.path(), process.pid()));
    }

    /** Stops the server; it loses nothing that was committed, however hard it has to be stopped. */
    void stop() throws IOException, InterruptedException {
        if (stop("fast", FAST_STOP_MAX) || stop("immediate", IMMEDIATE_STOP_MAX)) {
            return;
        }
        log.warn("PostgreSQL (process {}) did not stop, killing it", process.pid());
        process.destroyForcibly();
        if (!endsWithin(GRACE)) {
            throw cannotBeStopped();
        }
    }

    private Health health(String password) {
        try (PostgresAdmin admin = PostgresAdmin.connect(port, password)) {
            return admin.serves(folder.cluster()) ? Health.READY : Health.UNREACHABLE;
        } catch (SQLException e) {
            log.debug("PostgreSQL on port {} does not answer yet: {}", port, e.getMessage());
            return PostgresAdmin.CANNOT_CONNECT_NOW.equals(e.getSQLState())
                    ? Health.RECOVERING
                    : Health.UNREACHABLE;
        }
    }

    private boolean stop(String mode, Duration timeout) throws IOException, InterruptedException {
        PostgresCommand stop =
                PostgresCommand.run(
                        binaries.command(
                                "pg_ctl",
                                "stop",
                                "--silent",
                                "--pgdata=" + PostgresPlatform.MAJOR,
                                "--mode=" + mode,
                                "--wait",
                                "--timeout=" + timeout.toSeconds()),
                        folder.postgres(),
                        timeout.plus(GRACE));
        return stop.succeeded() || hasEnded();
    }

    private boolean endsWithin(Duration timeout) throws IOException, InterruptedException {
        try {
            process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return hasEnded();
        }
    }

    // The process may stay visible for a while, or for ever, as a zombie: in a container nobody may
    // be there to reap it. It does not count as a server any more then.
    private boolean hasEnded() throws IOException {
        return find(folder, binaries)
                .filter(server -> server.process.pid() == process.pid())
                .isEmpty();
    }

    // pg_ctl makes the server the leader of a session of its own, so a Ctrl-C in our terminal is
    // ours alone and we can finish before the database goes. Paths are relative because pg_ctl
    // hands them to a shell, and the folders above are named as their owners please.
    private static boolean start(
            DataFolder folder, PostgresBinaries binaries, String port, Duration timeout)
            throws InterruptedException {
        return PostgresCommand.run(
                        binaries.command(
                                "pg_ctl",
                                "start",
                                "--silent",
                                "--pgdata=" + PostgresPlatform.MAJOR,
                                "--log=" + PostgresLog.STARTED,
                                "--options=-p " + port,
                                "--wait",
                                "--timeout=" + timeout.toSeconds()),
                        folder.postgres(),
                        timeout.plus(GRACE))
                .succeeded();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static EmbeddedPostgresException portTaken(String port) {
        return new EmbeddedPostgresException(
                "Port %s on 127.0.0.1, which the database needs, is taken by another program: stop that program or choose another port."
                        .formatted(port));
    }
}
