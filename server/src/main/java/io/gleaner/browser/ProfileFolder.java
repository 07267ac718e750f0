package io.gleaner.browser;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that one browser keeps its things in, which nobody needs afterwards. */
final class ProfileFolder {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileFolder.class);
    private static final String PREFIX = "gleaner-browser-";
    private static final int TRIES_MAX = 5;
    private static final long PAUSE_MILLIS = 50;
    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private ProfileFolder() {}

    /** A new one, and those are removed whose processes were killed before they could do it. */
    static Path create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        long own = ProcessHandle.current().pid();
        if (SWEPT.compareAndSet(false, true)) {
            sweep(parent, own);
        }
        return Files.createTempDirectory(parent, PREFIX + own + "-");
    }

    private static void sweep(Path parent, long own) throws IOException {
        List<Path> left;
        try (Stream<Path> all = Files.list(parent)) {
            left = all.filter(folder -> isLeft(folder, own)).toList();
        }
        left.forEach(ProfileFolder::remove);
    }

    /** The own number, too, as long as this process has made none: that was another's. */
    private static boolean isLeft(Path folder, long own) {
        String name = folder.getFileName().toString();
        if (!name.startsWith(PREFIX) || !Files.isDirectory(folder)) {
            return false;
        }
        try {
            String rest = name.substring(PREFIX.length());
            long pid = Long.parseLong(rest.substring(0, Math.max(0, rest.indexOf('-'))));
            return pid == own || ProcessHandle.of(pid).isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A process that is about to end may write into it once more. */
    static void remove(Path folder) {
        for (int i = 0; i < TRIES_MAX; i++) {
            try {
                removeOnce(folder);
                return;
            } catch (IOException e) {
                if (i == TRIES_MAX - 1) {
                    LOG.warn("could not remove {}", folder, e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeOnce(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        Files.deleteIfExists(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
