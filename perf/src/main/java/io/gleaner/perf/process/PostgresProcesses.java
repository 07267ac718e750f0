package io.gleaner.perf.process;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The processes of the PostgreSQL whose data is in a folder. It survives its parent's death. */
public final class PostgresProcesses {

    private static final String PID_FILE = "postmaster.pid";
    private static final int DEPTH_MAX = 3;
    private static final int STOP_SECONDS_MAX = 20;

    private final Path folder;

    PostgresProcesses(Path folder) {
        this.folder = folder;
    }

    /** Memory and CPU of the server and its backends. Shared memory counts in each of them. */
    public Usage usage() {
        var pids = new ArrayList<Long>();
        postmaster()
                .ifPresent(
                        parent -> {
                            pids.add(parent.pid());
                            parent.children().map(ProcessHandle::pid).forEach(pids::add);
                        });
        return Usage.of(pids);
    }

    /** Asks a server to stop that its parent has left behind. */
    void end() {
        postmaster()
                .ifPresent(
                        server -> {
                            server.destroy();
                            server.onExit()
                                    .completeOnTimeout(server, STOP_SECONDS_MAX, TimeUnit.SECONDS)
                                    .join();
                        });
    }

    Optional<ProcessHandle> postmaster() {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.walk(folder, DEPTH_MAX, new FileVisitOption[0])) {
            Optional<Path> pidFile = files.filter(file -> file.endsWith(PID_FILE)).findFirst();
            return pidFile.isEmpty() ? Optional.empty() : process(pidFile.get());
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        return ProcessHandle.of(Math.abs(Long.parseLong(lines.getFirst().strip())))
                .filter(
                        process ->
                                process.info()
                                        .command()
                                        .filter(c -> c.contains("postgres"))
                                        .isPresent());
    }
}
