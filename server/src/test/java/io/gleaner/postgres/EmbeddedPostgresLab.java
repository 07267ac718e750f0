package io.gleaner.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Data folders to be maltreated, and other processes that use them. */
final class EmbeddedPostgresLab implements AutoCloseable {

    private static final Map<String, String> FAST =
            Map.of("fsync", "off", "shared_buffers", "16MB", "max_connections", "20");

    private final Path root;
    private final List<Process> children = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    EmbeddedPostgresLab() {
        try {
            this.root = Files.createTempDirectory("gleaner-lab-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made once, stopped and copied: initdb takes longer than the rest of most tests. */
    private static final class Template {
        static final Path FOLDER = make();

        private static Path make() {
            try {
                Path folder = Files.createTempDirectory("gleaner-template-");
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> DataFolderSweep.delete(folder)));
                EmbeddedPostgres.start(config(folder)).close();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static EmbeddedPostgresConfig config(Path folder) {
        return config(folder, Duration.ofMinutes(1), Map.of());
    }

    static EmbeddedPostgresConfig config(
            Path folder, Duration startTimeout, Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>(FAST);
        settings.putAll(overrides);
        return new EmbeddedPostgresConfig(folder, startTimeout, settings);
    }

    /** A path where no folder is yet. */
    Path newFolder(String name) {
        Path folder = root.resolve(name);
        folders.add(folder);
        return folder;
    }

    /** A folder with a database that was stopped in good order. */
    Path folderWithDatabase() throws IOException {
        Path folder = newFolder("data" + folders.size());
        copy(Template.FOLDER.resolve("postgres/18"), folder.resolve("postgres/18"));
        return folder;
    }

    /** A JVM that runs {@link EmbeddedPostgresChild}. */
    Process child(String... arguments) throws IOException {
        return child(List.of(), arguments);
    }

    Process child(List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(EmbeddedPostgresChild.class.getName());
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        children.add(child);
        return child;
    }

    /** What the child says after the word, once it says it. */
    static String awaitLine(Process child, String word) throws IOException {
        List<String> seen = new ArrayList<>();
        BufferedReader reader = child.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(word)) {
                return line.substring(word.length()).strip();
            }
            seen.add(line);
        }
        throw new AssertionError("the child never said " + word + ": " + seen);
    }

    static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    static PostgresPidFile pidFile(Path folder) throws IOException {
        return PostgresPidFile.read(folder.resolve("postgres/18")).orElseThrow();
    }

    /** Every file of a folder with its content's hash, to see that nothing was touched. */
    static Map<String, Integer> snapshot(Path folder) throws IOException {
        Map<String, Integer> snapshot = new HashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                int content =
                        Files.isRegularFile(path) ? Arrays.hashCode(Files.readAllBytes(path)) : 0;
                snapshot.put(folder.relativize(path).toString(), content);
            }
        }
        return snapshot;
    }

    @Override
    public void close() throws IOException {
        children.forEach(Process::destroyForcibly);
        for (Path folder : folders) {
            Path cluster = folder.resolve("postgres/18");
            PostgresPidFile.read(cluster)
                    .flatMap(file -> file.server(cluster))
                    .ifPresent(
                            server -> {
                                server.destroyForcibly();
                                server.onExit().join();
                            });
        }
        DataFolderSweep.delete(root);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
