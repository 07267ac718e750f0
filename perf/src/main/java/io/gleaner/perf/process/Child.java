package io.gleaner.perf.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that was started here and is ended here. */
public final class Child implements AutoCloseable {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
    private static final int LOG_LINES_SHOWN = 12;

    private final Launch launch;
    private final Process process;
    private final String readyText;
    private final Runnable ending;

    private Child(Launch launch, Process process, String readyText, Runnable ending) {
        this.launch = launch;
        this.process = process;
        this.readyText = readyText;
        this.ending = ending;
    }

    /** Starts it and waits until it says that it is ready. */
    public static Child start(Launch launch) throws InterruptedException {
        List<String> command =
                launch.group()
                        .map(group -> group.inside(launch.command()))
                        .orElse(launch.command());
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GLEANER_"));
        builder.environment().putAll(launch.environment());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        try {
            Process process = builder.start();
            Runnable ending = Endings.add(() -> end(process));
            return new Child(launch, process, awaitReady(launch, process), ending);
        } catch (IOException e) {
            throw new BenchException("could not start the " + launch.name(), e);
        }
    }

    private static String awaitReady(Launch launch, Process process) throws InterruptedException {
        var ready = new CompletableFuture<String>();
        // A read from a pipe holds its carrier: two of them, on two cores, and no virtual thread
        // runs.
        Thread.ofPlatform()
                .daemon()
                .name("output-of-" + launch.name())
                .start(() -> copyOutput(launch, process, ready));
        try {
            return ready.get(launch.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            end(process);
            throw e;
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new BenchException(
                    "the %s did not become ready within %s; its log ends with:%n%s"
                            .formatted(launch.name(), launch.patience(), logEnd(launch.log())),
                    e);
        }
    }

    private static void copyOutput(
            Launch launch, Process process, CompletableFuture<String> ready) {
        try (BufferedReader lines = process.inputReader(UTF_8);
                var log =
                        Files.newBufferedWriter(
                                launch.log(),
                                java.nio.file.StandardOpenOption.CREATE,
                                java.nio.file.StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.write(line);
                log.newLine();
                log.flush();
                int at = line.indexOf(launch.ready());
                if (at >= 0) {
                    ready.complete(line.substring(at + launch.ready().length()).strip());
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IOException("it ended"));
    }

    private static String logEnd(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    System.lineSeparator(),
                    lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has used, the processes that it started aside. */
    public Usage usage() {
        return Usage.of(List.of(pid()));
    }

    /** What followed the words on the line that said it is ready. */
    public String readyText() {
        return readyText;
    }

    /** Waits for it to end by itself. */
    public int await(Duration longest) throws InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchException(
                    "the %s did not end within %s".formatted(launch.name(), longest));
        }
        return process.exitValue();
    }

    /** SIGTERM; returns at once. */
    void terminate() {
        process.destroy();
    }

    /** Its exit code, if it ends by then. */
    OptionalInt awaitEnd(Duration longest) throws InterruptedException {
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /**
     * @param name such as STOP
     */
    void signal(String name) throws InterruptedException {
        try {
            int failed =
                    new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
            if (failed != 0) {
                throw new BenchException(
                        "the %s could not be sent %s".formatted(launch.name(), name));
            }
        } catch (IOException e) {
            throw new BenchException("there is no program 'kill'", e);
        }
    }

    /** SIGKILL; returns when it has ended. */
    public void kill() {
        process.destroyForcibly().onExit().join();
        Endings.remove(ending);
    }

    /** SIGTERM, and SIGKILL when that does not help. */
    @Override
    public void close() {
        end(process);
        Endings.remove(ending);
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
