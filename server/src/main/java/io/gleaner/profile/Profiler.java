package io.gleaner.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import jdk.jfr.Recording;

/** Records this process for some seconds; one recording at a time. */
public final class Profiler {

    private static final long SIZE_MAX = 256L << 20;

    private final AtomicBoolean busy = new AtomicBoolean();

    /**
     * Records and hands the file over, which is gone afterwards.
     *
     * @return empty at once while another recording is being made
     */
    public <T> Optional<T> record(Kind kind, Duration time, Function<Path, T> use)
            throws InterruptedException {
        if (!busy.compareAndSet(false, true)) {
            return Optional.empty();
        }
        try {
            Path file = Files.createTempFile("gleaner-profile", ".jfr");
            try (var recording = new Recording()) {
                kind.enable(recording);
                recording.setMaxSize(SIZE_MAX);
                recording.start();
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
                recording.stop();
                recording.dump(file);
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
}
