package io.gleaner.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that one Gleaner process owns: its lock, and where the database lies in it. */
final class DataFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
    private static final String POSTGRES = "postgres";
    private static final int PID_BYTES_MAX = 20;

    // The system drops a process's file lock as soon as any channel on that file is closed, so the
    // lock file must not even be opened twice in one process.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes the folder if missing and locks it; an unsuitable folder is left untouched. */
    static DataFolder open(Path wanted) {
        Path absolute = wanted.toAbsolutePath().normalize();
        try {
            if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
                throw new NotDirectoryException(absolute.toString());
            }
            // A link to a folder is as good as a folder, but createDirectories refuses it.
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(absolute);
            }
            Path path = absolute.toRealPath();
            refuseOtherVersion(path);
            return lock(path);
        } catch (NotDirectoryException e) {
            throw new EmbeddedPostgresException(
                    "The data folder %s is not a folder: use another path.".formatted(absolute));
        } catch (IOException e) {
            throw EmbeddedPostgresException.of("open the data folder", absolute, e);
        }
    }

    Path path() {
        return path;
    }

    /** Holds the cluster and everything that belongs to its server. */
    Path postgres() {
        return path.resolve(POSTGRES);
    }

    /** What PostgreSQL calls its data directory. */
    Path cluster() {
        return cluster(path);
    }

    static Path cluster(Path dataFolder) {
        return dataFolder.resolve(POSTGRES).resolve(PostgresPlatform.MAJOR);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("could not close the lock of data folder {}", path, e);
        } finally {
            HELD.remove(path);
        }
    }

    private static void refuseOtherVersion(Path path) throws IOException {
        refuseOtherVersionIn(path, path);
        Path postgres = path.resolve(POSTGRES);
        if (!Files.isDirectory(postgres)) {
            return;
        }
        try (Stream<Path> clusters = Files.list(postgres)) {
            for (Path cluster : clusters.toList()) {
                refuseOtherVersionIn(cluster, path);
            }
        }
    }

    private static void refuseOtherVersionIn(Path cluster, Path path) throws IOException {
        Path file = cluster.resolve("PG_VERSION");
        if (!Files.isRegularFile(file)) {
            return;
        }
        String version = Files.readString(file).strip();
        if (!version.equals(PostgresPlatform.MAJOR)) {
            throw new EmbeddedPostgresException(
                    "The data folder %s holds a PostgreSQL %s database, this Gleaner runs PostgreSQL %s: use the Gleaner that made it, or another data folder."
                            .formatted(path, version, PostgresPlatform.MAJOR));
        }
    }

    private static DataFolder lock(Path path) throws IOException {
        if (!HELD.add(path)) {
            throw inUse(path, String.valueOf(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            path.resolve("gleaner.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(path, holder(channel));
            }
            channel.truncate(0);
            String pid = String.valueOf(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return new DataFolder(path, channel);
        } catch (IOException | RuntimeException e) {
            HELD.remove(path);
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    /** Whether a Gleaner works in the folder now. */
    static boolean isHeld(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted)) {
            return false;
        }
        Path path = wanted.toRealPath();
        Path file = path.resolve("gleaner.lock");
        // Closing a second channel on a lock of our own would drop it.
        if (HELD.contains(path) || !Files.isRegularFile(file)) {
            return HELD.contains(path);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var free = channel.tryLock()) {
            return free == null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(PID_BYTES_MAX);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }

    private static EmbeddedPostgresException inUse(Path path, String pid) {
        return new EmbeddedPostgresException(
                "The data folder %s is in use by another Gleaner (process %s): stop that one, or use another data folder."
                        .formatted(path, pid.isEmpty() ? "unknown" : pid));
    }
}
