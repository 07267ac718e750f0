package io.gleaner.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program, to its end.
 *
 * @param exitCode {@link #TIMED_OUT} when it had to be killed
 * @param output what it wrote to stdout and stderr, at most {@link #OUTPUT_BYTES_MAX}
 */
record PostgresCommand(int exitCode, String output) {

    static final int TIMED_OUT = -1;
    static final int NOT_STARTED = 127;
    private static final int OUTPUT_BYTES_MAX = 64 * 1024;
    // Platform threads: a read from a pipe would hold the carrier of a virtual one.
    private static final Executor READERS = command -> Thread.ofPlatform().daemon().start(command);

    /** Runs a program in a folder; a program that cannot be started is an exit code, too. */
    static PostgresCommand run(List<String> command, Path folder, Duration timeout)
            throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // Messages are read by PostgresSymptom, so they must be English; PGDATA, PGPORT and the
        // like in the user's environment are meant for some other server.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new PostgresCommand(NOT_STARTED, String.valueOf(e.getMessage()));
        }
        try {
            var output = CompletableFuture.supplyAsync(() -> read(process), READERS);
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return new PostgresCommand(process.exitValue(), output.join());
            }
            return new PostgresCommand(TIMED_OUT, "no end within " + timeout);
        } finally {
            process.destroyForcibly();
        }
    }

    boolean succeeded() {
        return exitCode == 0;
    }

    private static String read(Process process) {
        try (InputStream in = process.getInputStream()) {
            String text =
                    new String(in.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8).strip();
            in.transferTo(OutputStream.nullOutputStream());
            return text;
        } catch (IOException e) {
            return "";
        }
    }
}
