package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real service, which a test stops in the midst of its work and starts again. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
abstract class RestartedService {

    static final int KILLED = 128 + 9;
    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    // One folder for all tests of a class, since making a database takes longer than most of them;
    // their jobs do not touch each other.
    @TempDir private static Path data;

    private volatile ServiceProcess service;

    /** With one attempt for each URL, so that a stop that cost one would show as a fault. */
    @BeforeEach
    final void start() throws InterruptedException {
        launch();
        service.awaitReady();
    }

    final void launch(String... flags) {
        var all = new ArrayList<>(List.of("--attempts", "1"));
        all.addAll(List.of(flags));
        all.addAll(List.of("--data", data.toString()));
        service = ServiceProcess.launch(QUICK_START, all, environment());
    }

    /** {@code GLEANER_*} variables of the service. */
    Map<String, String> environment() {
        return Map.of();
    }

    @AfterEach
    final void leaveNothingRunning() throws Exception {
        service.close();
        if (LeftDatabase.isIn(data)) {
            ProcessHandle.of(database().pid())
                    .ifPresent(
                            server -> {
                                server.destroyForcibly();
                                server.onExit().join();
                            });
        }
    }

    /** The service that was started last. */
    final ServiceProcess service() {
        return service;
    }

    /** Its embedded PostgreSQL, which outlives a killed service. */
    static LeftDatabase database() throws IOException {
        return LeftDatabase.in(data);
    }

    final void kill() throws InterruptedException {
        service.kill();
        assertThat(service.awaitExit()).isEqualTo(KILLED);
    }

    /** Every URL exactly once, as content, whether asked over HTTP or in SQL. */
    final void assertComplete(String job, List<String> urls) throws Exception {
        service.assertComplete(job, urls);
        Books books = database().books(job);
        assertThat(books).matches(Books::balance);
        assertThat(books.done()).isEqualTo(urls.size());
    }

    static void assertNoDatabaseIsLeft() {
        assertThat(LeftDatabase.isIn(data)).isFalse();
    }
}
