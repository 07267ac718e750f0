package io.gleaner.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A PostgreSQL of one test's own, to be stopped, started and frozen; always on the same port. */
public final class FragileDatabase implements AutoCloseable {

    private static final Map<String, String> FAST =
            Map.of("fsync", "off", "shared_buffers", "32MB", "logging_collector", "off");

    private final Path folder;
    private final String port;
    private final String url;
    private EmbeddedPostgres postgres;
    private boolean frozen;

    public FragileDatabase() throws IOException {
        folder = Files.createTempDirectory("gleaner-fragile-");
        postgres = EmbeddedPostgres.start(config(Map.of()));
        port = postgres.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1");
        url =
                "%s&user=%s&password=%s"
                        .formatted(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private EmbeddedPostgresConfig config(Map<String, String> more) {
        var settings = new HashMap<>(FAST);
        settings.putAll(more);
        return new EmbeddedPostgresConfig(folder, Duration.ofMinutes(1), settings);
    }

    /** With user and password. */
    public String url() {
        return url;
    }

    public void stop() {
        postgres.close();
    }

    public void start() {
        postgres = EmbeddedPostgres.start(config(Map.of("port", port)));
    }

    /** SIGSTOP for all of its processes: connections stay, and nobody answers. */
    public void freeze() throws IOException {
        frozen = true;
        signal("-STOP", List.of(postmaster()));
        signal("-STOP", postmaster().descendants().toList());
    }

    public void thaw() throws IOException {
        frozen = false;
        signal("-CONT", postmaster().descendants().toList());
        signal("-CONT", List.of(postmaster()));
    }

    /** One number, asked on a connection of its own. */
    public long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private ProcessHandle postmaster() throws IOException {
        Path pidFile = folder.resolve("postgres/18/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
                .orElseThrow();
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException {
        var command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        new ProcessBuilder(command).inheritIO().start().onExit().join();
    }

    @Override
    public void close() throws IOException {
        if (frozen) {
            thaw();
        }
        postgres.close();
        DataFolderSweep.delete(folder);
    }
}
