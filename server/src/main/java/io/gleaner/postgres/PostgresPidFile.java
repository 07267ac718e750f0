package io.gleaner.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The server's {@code postmaster.pid}: which process serves a cluster, since when, on which port.
 * It outlives a crash, so the process of that number may be gone or be something else by now.
 */
record PostgresPidFile(long pid, Instant startedAt, int port) {

    private static final String NAME = "postmaster.pid";
    private static final Duration CLOCK_DRIFT_MAX = Duration.ofSeconds(60);
    private static final int PORT_LINE = 3;

    static Optional<PostgresPidFile> read(Path cluster) throws IOException {
        try {
            List<String> lines = Files.readAllLines(cluster.resolve(NAME));
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            return Optional.of(
                    new PostgresPidFile(
                            // Negative for a server without a postmaster.
                            Math.abs(Long.parseLong(lines.get(0).strip())),
                            Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                            Integer.parseInt(lines.get(PORT_LINE).strip())));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Without this PostgreSQL refuses to start once its old number belongs to another process. */
    static void delete(Path cluster) throws IOException {
        Files.deleteIfExists(cluster.resolve(NAME));
    }

    /** The process that serves this cluster now, if there is one. */
    Optional<ProcessHandle> server(Path cluster) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(PostgresPidFile::isPostgres)
                .filter(process -> worksIn(cluster, process));
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName())
                // Linux appends " (deleted)" once the program was replaced.
                .filter(name -> name != null && name.toString().startsWith("postgres"))
                .isPresent();
    }

    // A server's working folder is its cluster. Where the system does not tell (macOS), the start
    // time decides: the number may belong to the server of another cluster.
    private boolean worksIn(Path cluster, ProcessHandle process) {
        Path link = Path.of("/proc", String.valueOf(pid), "cwd");
        try {
            return Files.readSymbolicLink(link).equals(cluster);
        } catch (IOException | UnsupportedOperationException e) {
            return process.info()
                    .startInstant()
                    .map(start -> Duration.between(start, startedAt).abs())
                    .filter(drift -> drift.compareTo(CLOCK_DRIFT_MAX) <= 0)
                    .isPresent();
        }
    }
}
