package io.gleaner.profile;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import jdk.jfr.consumer.RecordingFile;
import jdk.jfr.consumer.RecordingStream;

/**
 * The recording that is always on: few events, the last minutes of them on disk, so that what came
 * before an incident can still be seen.
 */
public final class RollingRecording implements AutoCloseable {

    /** How far back it goes. */
    public static final Duration AGE_MAX = Duration.ofMinutes(10);

    /** What it has samples of. Threads park all the time, so that is recorded on demand only. */
    public static final Set<Kind> KINDS = Set.of(Kind.CPU, Kind.ALLOC, Kind.LOCK);

    private static final long SIZE_MAX_BYTES = 32L << 20;
    private static final Duration PINNED_MIN = Duration.ofMillis(20);
    private static final Duration MONITOR_WAIT_MIN = Duration.ofMillis(10);

    private final RecordingStream stream;

    private RollingRecording(RecordingStream stream) {
        this.stream = stream;
    }

    /** Records from when this returns, and meters pauses and waits; see {@link PauseMeters}. */
    public static RollingRecording start(MeterRegistry registry) {
        var stream = new RecordingStream();
        stream.setMaxAge(AGE_MAX);
        stream.setMaxSize(SIZE_MAX_BYTES);
        stream.enable(Kind.CPU.event()).withStackTrace().with("throttle", "100ms");
        stream.enable(Kind.ALLOC.event()).withStackTrace().with("throttle", "20/s");
        stream.enable(Kind.LOCK.event()).withStackTrace().withThreshold(MONITOR_WAIT_MIN);
        stream.enable(PauseMeters.PINNED).withStackTrace().withThreshold(PINNED_MIN);
        stream.enable(PauseMeters.SAFEPOINT_BEGIN).withoutThreshold();
        stream.enable(PauseMeters.SAFEPOINT_END).withoutThreshold();
        stream.enable("jdk.GarbageCollection").withoutThreshold();
        stream.enable("jdk.GCPhasePause").withoutThreshold();
        stream.disable(Kind.STATEMENTS);
        new PauseMeters(registry).listenTo(stream);
        stream.startAsync();
        return new RollingRecording(stream);
    }

    /** Writes what ended at a given time or later, as far as it is remembered. */
    void writeTo(Path file, Instant from) throws IOException {
        Path all = Files.createTempFile("gleaner-past", ".jfr");
        try {
            stream.dump(all);
            try (var recording = new RecordingFile(all)) {
                recording.write(file, event -> !event.getEndTime().isBefore(from));
            }
        } finally {
            Files.deleteIfExists(all);
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
