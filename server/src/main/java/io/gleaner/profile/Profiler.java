package io.gleaner.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** Records this process for some seconds, or recalls what it recorded before; one at a time. */
public final class Profiler {

    private static final long SIZE_MAX = 256L << 20;

    private final AtomicBoolean busy = new AtomicBoolean();
    private final @Nullable RollingRecording past;

    /**
     * @param past what is recorded all the time, or null when nothing is
     */
    public Profiler(@Nullable RollingRecording past) {
        this.past = past;
    }

    private interface Recorder {
        void writeTo(Path file) throws IOException, InterruptedException;
    }

    /** Whether there is a past to recall. */
    public boolean remembers() {
        return past != null;
    }

    /**
     * Records and hands the file over, which is gone afterwards.
     *
     * @return empty at once while another recording is being made
     */
    public <T> Optional<T> record(Kind kind, Duration time, Function<Path, T> use)
            throws InterruptedException {
        return handOver(file -> recordTo(file, kind, time), use);
    }

    /**
     * Hands a file over with what was recorded from a given time until now, which is gone
     * afterwards.
     *
     * @return empty at once while another recording is being made
     * @throws IllegalStateException unless it {@link #remembers}
     */
    public <T> Optional<T> recall(Instant from, Function<Path, T> use) throws InterruptedException {
        if (past == null) {
            throw new IllegalStateException("nothing is recorded all the time");
        }
        return handOver(file -> past.writeTo(file, from), use);
    }

    private <T> Optional<T> handOver(Recorder recorder, Function<Path, T> use)
            throws InterruptedException {
        if (!busy.compareAndSet(false, true)) {
            return Optional.empty();
        }
        try {
            Path file = Files.createTempFile("gleaner-profile", ".jfr");
            try {
                recorder.writeTo(file);
                return Optional.of(use.apply(file));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a recording could not be written", e);
        } finally {
            busy.set(false);
        }
    }

    private static void recordTo(Path file, Kind kind, Duration time)
            throws IOException, InterruptedException {
        try (var recording = new Recording()) {
            kind.enable(recording);
            recording.setMaxSize(SIZE_MAX);
            recording.start();
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            recording.stop();
            recording.dump(file);
        }
    }
}
