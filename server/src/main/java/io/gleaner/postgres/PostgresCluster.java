package io.gleaner.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The database's files: made once, in one step, with the password and the settings beside them. */
final class PostgresCluster {

    static final String USER = "gleaner";

    private static final Duration INITDB_TIMEOUT = Duration.ofMinutes(5);
    private static final int PASSWORD_BYTES = 24;
    private static final String PASSWORD = "gleaner.password";
    private static final String SETTINGS = "gleaner.conf";
    private static final String UNFINISHED = "unfinished-";

    private final DataFolder folder;
    private final PostgresBinaries binaries;

    PostgresCluster(DataFolder folder, PostgresBinaries binaries) {
        this.folder = folder;
        this.binaries = binaries;
    }

    Path path() {
        return folder.cluster();
    }

    /**
     * Makes the cluster if there is none. It gets its name when it is complete, so a start that was
     * killed in between begins anew.
     *
     * @param durable whether to wait until the files are on the disk
     */
    void ensure(boolean durable) throws IOException, InterruptedException {
        if (Files.exists(path())) {
            if (!Files.isReadable(path())) {
                throw new AccessDeniedException(path().toString());
            }
            if (Files.notExists(path().resolve("PG_VERSION"))) {
                throw damaged("PG_VERSION is missing");
            }
            return;
        }
        Files.createDirectories(folder.postgres());
        sweep();
        Path unfinished = Files.createTempDirectory(folder.postgres(), UNFINISHED);
        try {
            initialise(unfinished, durable);
            Files.move(unfinished.resolve("new"), path(), StandardCopyOption.ATOMIC_MOVE);
            if (durable) {
                force(folder.postgres());
            }
        } finally {
            DataFolderSweep.delete(unfinished);
        }
    }

    String password() throws IOException {
        try {
            return password(path());
        } catch (NoSuchFileException e) {
            throw damaged(PASSWORD + " is missing");
        }
    }

    static String password(Path cluster) throws IOException {
        return Files.readString(cluster.resolve(PASSWORD)).strip();
    }

    /** What the running server was started with: the file is only written while none runs. */
    String settings() throws IOException {
        Path file = path().resolve(SETTINGS);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    void settings(String text) throws IOException {
        if (!text.equals(settings())) {
            write(path().resolve(SETTINGS), text, false);
        }
    }

    private void initialise(Path unfinished, boolean durable)
            throws IOException, InterruptedException {
        write(unfinished.resolve(PASSWORD), randomPassword(), durable);
        binaries.account().own(folder.postgres());
        PostgresCommand initdb = PostgresCommand.run(initdb(durable), unfinished, INITDB_TIMEOUT);
        if (!initdb.succeeded()) {
            throw PostgresSymptom.diagnose(folder.path(), initdb.output());
        }
        Path made = unfinished.resolve("new");
        Files.move(unfinished.resolve(PASSWORD), made.resolve(PASSWORD));
        write(made.resolve(SETTINGS), "", durable);
        Path main = made.resolve("postgresql.conf");
        Files.writeString(main, "\ninclude '" + SETTINGS + "'\n", StandardOpenOption.APPEND);
        if (durable) {
            force(main);
            force(made);
        }
    }

    // The collation is the built-in one: it sorts by code point and, unlike the system's, never
    // changes under an index when the system is upgraded.
    private List<String> initdb(boolean durable) {
        return binaries.command(
                "initdb",
                "--pgdata=new",
                "--username=" + USER,
                "--pwfile=" + PASSWORD,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                durable ? "--sync-method=fsync" : "--no-sync");
    }

    private void sweep() throws IOException {
        try (Stream<Path> paths = Files.list(folder.postgres())) {
            paths.filter(path -> path.getFileName().toString().startsWith(UNFINISHED))
                    .forEach(DataFolderSweep::delete);
        }
    }

    private EmbeddedPostgresException damaged(String detail) {
        return PostgresSymptom.diagnose(folder.path(), "not a valid data directory: " + detail);
    }

    private static String randomPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static void write(Path file, String text, boolean durable) throws IOException {
        Path parts = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(parts);
        var owner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(parts, owner);
        Files.writeString(parts, text);
        if (durable) {
            force(parts);
        }
        Files.move(parts, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
