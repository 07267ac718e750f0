package io.gleaner.perf.shapes;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Child;
import io.gleaner.perf.process.Launch;
import io.gleaner.perf.process.Usage;
import io.gleaner.perf.users.UserMain;
import io.gleaner.perf.users.UserPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Users in a process of their own, and what they have met so far. */
final class UserLoad implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final List<String> FLAGS =
            List.of(
                    "-Xms384m",
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Child child;
    private final Path stop;
    private final SimulationLog log;
    private final List<Response> responses = new ArrayList<>();
    private final long beganNanos = System.nanoTime();

    private UserLoad(Child child, Path stop, SimulationLog log) {
        this.child = child;
        this.stop = stop;
        this.log = log;
    }

    /** Returns when the first user is about to arrive. */
    static UserLoad start(UserPlan plan, Path folder) throws InterruptedException {
        Path planFile = folder.resolve("plan.json");
        Path results = folder.resolve("results");
        Path stop = folder.resolve("stop");
        plan.write(planFile);
        var child =
                Child.start(
                        new Launch(
                                "users",
                                Launch.java(
                                        FLAGS,
                                        UserMain.class,
                                        Stream.of(planFile, results, stop)
                                                .map(Path::toString)
                                                .toList()),
                                Map.of(),
                                UserMain.READY,
                                START_PATIENCE,
                                folder.resolve("users.log"),
                                Optional.empty()));
        try {
            return new UserLoad(child, stop, awaitLog(child, results));
        } catch (BenchException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    private static SimulationLog awaitLog(Child child, Path results) throws InterruptedException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < end && child.isAlive()) {
            try (Stream<Path> files =
                    Files.isDirectory(results) ? Files.walk(results, 2) : Stream.empty()) {
                Optional<Path> log =
                        files.filter(file -> file.endsWith("simulation.log")).findFirst();
                if (log.isPresent()) {
                    return SimulationLog.open(log.get());
                }
            } catch (IOException e) {
                throw new BenchException("the users' log cannot be found", e);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new BenchException("the users did not begin; see users.log (--keep)");
    }

    /** All that is known by now, in the order in which answers came. */
    List<Response> responses() {
        try {
            responses.addAll(log.read());
            return List.copyOf(responses);
        } catch (IOException e) {
            throw new BenchException("the users' log cannot be read", e);
        }
    }

    /** When the first user was about to arrive, in {@link System#nanoTime}. */
    long beganNanos() {
        return beganNanos;
    }

    /** When the newest answer that is known came, in seconds since the first user. */
    double newestSeconds() {
        List<Response> known = responses();
        return known.isEmpty() ? 0 : known.getLast().endMs() / 1000.0;
    }

    /** Returns when those who arrived have left and everything is written down. */
    void awaitEnd(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (child.isAlive() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    boolean isRunning() {
        return child.isAlive();
    }

    /** Nobody arrives any more. */
    void stop() {
        try {
            Files.writeString(stop, "");
        } catch (IOException e) {
            throw new BenchException("the users cannot be stopped", e);
        }
    }

    Usage usage() {
        return child.usage();
    }

    @Override
    public void close() {
        child.close();
        try {
            log.close();
        } catch (IOException e) {
            throw new BenchException("the users' log cannot be closed", e);
        }
    }
}
