package io.gleaner.testing;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs of {@code src/test/js}, with the packages that their lock file names. Without Node and
 * npm the tests that use them fail: what others' clients make of us is seen by them alone.
 */
public final class NodeClients {

    private static final Path SOURCES = Path.of("src/test/js");
    private static final Path INSTALLED = Path.of("target/js");
    private static final String LOCK = "package-lock.json";
    private static final long INSTALL_MAX_SECONDS = 300;
    private static final long RUN_MAX_SECONDS = 180;

    private NodeClients() {}

    /** Runs a program to its end, which must be a good one; answers what it wrote. */
    public static String run(String program, String... arguments) throws Exception {
        install();
        var command = new ArrayList<>(List.of("node", program));
        command.addAll(List.of(arguments));
        return run(command, RUN_MAX_SECONDS);
    }

    /** Once for all JVMs that run tests. */
    private static synchronized void install() throws Exception {
        Files.createDirectories(INSTALLED);
        try (var file = FileChannel.open(INSTALLED.resolve("lock"), CREATE, WRITE);
                var _ = file.lock()) {
            installAlone();
        }
    }

    private static void installAlone() throws Exception {
        Path ready = INSTALLED.resolve("ready-" + LOCK);
        try (var sources = Files.list(SOURCES)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        source,
                        INSTALLED.resolve(source.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (Files.exists(ready) && Files.mismatch(ready, INSTALLED.resolve(LOCK)) < 0) {
            return;
        }
        run(
                List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"),
                INSTALL_MAX_SECONDS);
        Files.copy(INSTALLED.resolve(LOCK), ready, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String run(List<String> command, long maxSeconds) throws Exception {
        Path out = Files.createTempFile("gleaner-node-", ".txt");
        Process process = start(command, out);
        try {
            boolean ended = process.waitFor(maxSeconds, TimeUnit.SECONDS);
            String said = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(ended).as(command + " does not end:\n" + said).isTrue();
            assertThat(process.exitValue()).as(command + "\n" + said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(out);
        }
    }

    private static Process start(List<String> command, Path out) {
        try {
            return new ProcessBuilder(command)
                    .directory(INSTALLED.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the tests with clients of others need Node and npm on the PATH", e);
        }
    }
}
