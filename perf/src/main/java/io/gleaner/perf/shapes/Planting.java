package io.gleaner.perf.shapes;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Child;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Launch;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.Service;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Breaks what a {@link PlantedFault} says, while users arrive; on a thread of its own. */
final class Planting implements AutoCloseable {

    private static final Duration LOCKED = Duration.ofSeconds(1);
    private static final Duration PAUSED = Duration.ofSeconds(2);
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    /** What can be broken. */
    record Parts(Service service, Optional<Redis> redis, DatabaseAddress database, Path folder) {}

    private final Thread thread;

    private Planting(Thread thread) {
        this.thread = thread;
    }

    /**
     * @param time how long users will arrive, from now on
     */
    static Planting begin(PlantedFault fault, Parts parts, Duration time) {
        return new Planting(
                Thread.ofPlatform()
                        .name("planted-" + fault.word())
                        .daemon()
                        .start(
                                () -> {
                                    try {
                                        run(fault, parts, time);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                }));
    }

    private static void run(PlantedFault fault, Parts parts, Duration time)
            throws InterruptedException {
        switch (fault) {
            case LOCK -> lock(parts.database());
            case REDIS_PAUSED -> pauseRedis(parts.redis(), time);
            case CPU_HOG -> hog(parts.folder());
            case PAUSE -> pause(parts.service(), time);
            // These are in how service and site were started.
            case SITE_ERRORS, POOL, LEAK -> {}
        }
    }

    private static void lock(DatabaseAddress database) throws InterruptedException {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!Thread.interrupted()) {
                statement.execute("LOCK TABLE job IN ACCESS EXCLUSIVE MODE");
                Thread.sleep(LOCKED);
                connection.rollback();
                Thread.sleep(LOCKED);
            }
        } catch (SQLException e) {
            throw new BenchException("the table of jobs could not be locked", e);
        }
    }

    private static void pauseRedis(Optional<Redis> redis, Duration time)
            throws InterruptedException {
        Redis paused = redis.orElseThrow(() -> new BenchException("there is no Redis to pause"));
        Thread.sleep(time.dividedBy(3));
        paused.freeze();
        try {
            Thread.sleep(time.dividedBy(3));
        } finally {
            paused.thaw();
        }
    }

    private static void hog(Path folder) throws InterruptedException {
        var launch =
                new Launch(
                        "hog",
                        Launch.java(List.of("-Xmx32m"), Hog.class, List.of()),
                        Map.of(),
                        Hog.READY,
                        START_PATIENCE,
                        folder.resolve("hog.log"),
                        Optional.empty());
        try (Child hog = Child.start(launch)) {
            while (hog.isAlive()) {
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private static void pause(Service service, Duration time) throws InterruptedException {
        Thread.sleep(time.dividedBy(2));
        service.freeze();
        try {
            Thread.sleep(PAUSED);
        } finally {
            service.thaw();
        }
    }

    /** Returns when everything is as before. */
    @Override
    public void close() {
        Threads.end(thread);
    }
}
