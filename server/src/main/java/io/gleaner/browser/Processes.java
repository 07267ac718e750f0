package io.gleaner.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the processes of a browser are and take, as Linux tells it; elsewhere nothing is known. */
final class Processes {

    private static final Path PROC = Path.of("/proc");
    private static final long PAGE_BYTES = 4096;

    private Processes() {}

    /**
     * A process that runs pages.
     *
     * @param residentBytes what it has in memory; shared memory too
     */
    record PageProcess(ProcessHandle handle, long residentBytes) {}

    /** The processes below this one that run pages. */
    static List<PageProcess> pages(ProcessHandle root) {
        try (Stream<ProcessHandle> below = root.descendants()) {
            return below.filter(Processes::runsPages)
                    .map(handle -> new PageProcess(handle, residentBytes(handle.pid())))
                    .toList();
        }
    }

    /**
     * What all of them take together, this one included, with what they share counted each time.
     */
    static long residentBytesOfAll(ProcessHandle root) {
        try (Stream<ProcessHandle> below = root.descendants()) {
            return Stream.concat(Stream.of(root), below)
                    .mapToLong(handle -> residentBytes(handle.pid()))
                    .sum();
        }
    }

    private static boolean runsPages(ProcessHandle handle) {
        String line = read(PROC.resolve(handle.pid() + "/cmdline"));
        return line != null && line.contains("--type=renderer");
    }

    private static long residentBytes(long pid) {
        String line = read(PROC.resolve(pid + "/statm"));
        if (line == null) {
            return 0;
        }
        String[] fields = line.strip().split(" ", -1);
        return fields.length > 1 ? Long.parseLong(fields[1]) * PAGE_BYTES : 0;
    }

    private static @Nullable String read(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException | UncheckedIOException e) {
            return null; // It has ended, or this is no Linux.
        }
    }
}
