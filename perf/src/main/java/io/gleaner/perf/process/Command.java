package io.gleaner.perf.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs to its end, without settings of ours, and is ended with us. */
public final class Command {

    private static final int CHARACTERS_SHOWN = 2_000;

    private Command() {}

    /**
     * @param output of both streams
     */
    public record Result(int status, String output) {}

    /**
     * Runs it and returns what it said.
     *
     * @throws BenchException if it cannot be started, does not end, or ends with something else
     *     than 0
     */
    public static String output(List<String> command, Path folder, Duration longest)
            throws InterruptedException {
        Result result = run(command, folder, longest);
        if (result.status() != 0) {
            throw failed(command, result.output());
        }
        return result.output();
    }

    /**
     * Runs it, however it ends.
     *
     * @throws BenchException if it cannot be started or does not end
     */
    public static Result run(List<String> command, Path folder, Duration longest)
            throws InterruptedException {
        try {
            Path log = Files.createTempFile("gleaner-command", ".log");
            var builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("GLEANER_"));
            Process process = builder.start();
            Runnable ending = Endings.add(process::destroy);
            try {
                if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroy();
                    throw failed(command, Files.readString(log));
                }
                return new Result(process.exitValue(), Files.readString(log));
            } catch (InterruptedException e) {
                process.destroy();
                throw e;
            } finally {
                Endings.remove(ending);
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new BenchException("'%s' cannot be run".formatted(command.getFirst()), e);
        }
    }

    /** Says which one, and how its output ends. */
    public static BenchException failed(List<String> command, String output) {
        return new BenchException(
                "'%s' failed:%n%s"
                        .formatted(
                                String.join(" ", command),
                                output.substring(Math.max(0, output.length() - CHARACTERS_SHOWN))));
    }
}
