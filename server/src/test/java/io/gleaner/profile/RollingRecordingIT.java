package io.gleaner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recording that is always on, of this JVM. */
@Timeout(300)
final class RollingRecordingIT {

    private static final Duration HELD = Duration.ofMillis(100);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RollingRecording recording = RollingRecording.start(registry);
    private final Object monitor = new Object();

    @AfterEach
    void stop() {
        recording.close();
    }

    @Test
    void aWaitForAMonitorIsMeteredAndCanBeSeenAfterwards() throws Exception {
        Instant before = Instant.now();
        contend();
        awaitTime("gleaner.jvm.monitor.wait", Duration.ofMillis(10));
        Instant after = Instant.now();
        assertThat(recall(before).table()).contains("step telemetry"); // This package.
        assertThat(recall(after).weight()).isZero();
    }

    @Test
    void aThreadThatKeepsItsCarrierIsMetered() throws Exception {
        Thread.ofVirtual().start(Pinning::begin).join();
        awaitTime("gleaner.jvm.pinned", HELD);
        assertThat(registry.get("gleaner.jvm.pinned").timer().count()).isEqualTo(1);
    }

    @Test
    void aStopOfAllThreadsIsMetered() {
        System.gc();
        awaitTime("gleaner.jvm.safepoint", Duration.ofNanos(1));
    }

    @Test
    void onlyOneRecordingIsHandedOverAtATime() throws Exception {
        var profiler = new Profiler(recording);
        Function<Path, Boolean> another =
                file -> {
                    try {
                        return profiler.recall(Instant.EPOCH, Path::toFile).isPresent();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                };
        assertThat(profiler.recall(Instant.EPOCH, another)).contains(false);
        assertThat(profiler.recall(Instant.EPOCH, Path::toFile))
                .hasValueSatisfying(file -> assertThat(file).doesNotExist());
    }

    private Stacks recall(Instant from) throws InterruptedException {
        return new Profiler(recording)
                .recall(from, file -> Stacks.read(file, Kind.LOCK))
                .orElseThrow();
    }

    /** Another thread waits for a monitor that this one holds for a while. */
    private void contend() throws InterruptedException {
        var begun = new CountDownLatch(1);
        Thread other;
        synchronized (monitor) {
            other =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        begun.countDown();
                                        synchronized (monitor) {
                                            assertThat(Thread.holdsLock(monitor)).isTrue();
                                        }
                                    });
            begun.await();
            await().until(() -> other.getState() == Thread.State.BLOCKED);
            LockSupport.parkNanos(HELD.toNanos());
        }
        other.join();
    }

    private void awaitTime(String timer, Duration least) {
        await().until(
                        () ->
                                registry.get(timer).timer().totalTime(TimeUnit.NANOSECONDS)
                                        >= least.toNanos());
    }

    /** Blocks where the JVM cannot unmount: while a class is initialised, a native frame waits. */
    private static final class Pinning {
        static {
            LockSupport.parkNanos(HELD.multipliedBy(2).toNanos());
        }

        static void begin() {}
    }
}
