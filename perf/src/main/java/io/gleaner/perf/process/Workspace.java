package io.gleaner.perf.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A folder for the data and logs of one bench. Removed at the end, unless it is to be kept. */
public final class Workspace implements AutoCloseable {

    private static final FileAttribute<?> OPEN_TO_PASS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    private static final int TRIES_MAX = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path root;
    private final boolean keep;
    private int folders;

    private Workspace(Path root, boolean keep) {
        this.root = root;
        this.keep = keep;
    }

    public static Workspace create(boolean keep) {
        try {
            // PostgreSQL refuses to run as root, so its user must be able to pass through.
            Path root = Files.createTempDirectory("gleaner-bench-", OPEN_TO_PASS);
            var workspace = new Workspace(root, keep);
            Endings.add(workspace::close);
            return workspace;
        } catch (IOException e) {
            throw new BenchException("no temporary folder can be made", e);
        }
    }

    public Path root() {
        return root;
    }

    /** A new folder. */
    public synchronized Path folder(String name) {
        folders++;
        try {
            return Files.createDirectory(root.resolve(folders + "-" + name));
        } catch (IOException e) {
            throw new BenchException("no folder can be made in " + root, e);
        }
    }

    /** May be called by the bench and by the shutdown hook at once. */
    @Override
    public synchronized void close() {
        for (int tries = 0; !keep && Files.isDirectory(root) && tries < TRIES_MAX; tries++) {
            try (var files = Files.walk(root)) {
                List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                // Something that is just ending still writes or deletes here.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
