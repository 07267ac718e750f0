package io.gleaner.perf.process;

import io.gleaner.perf.load.Latency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What the machine itself adds to a latency, measured while nothing of a bench runs. No figure of a
 * bench can be better than this. Times count from when a step was due, so a pause shows in full.
 *
 * @param wakeUp how late a thread is that is to wake every millisecond
 * @param toDisk how late 8 KiB are on the disk (fdatasync), written every ten milliseconds; a
 *     durable commit waits for that
 * @param busy share of the time in which the cores worked meanwhile, 0 to 1
 */
public record MachineAtRest(Latency wakeUp, Latency toDisk, double busy) {

    /** What we do ourselves meanwhile is a few hundredths. */
    private static final double BUSY_MAX = 0.15;

    private static final Duration BETWEEN_WAKE_UPS = Duration.ofMillis(1);
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(10);
    private static final int WRITE_BYTES = 8192;
    // Written over and over, as PostgreSQL does with the files of its log.
    private static final long FILE_BYTES = 16L << 20;

    /**
     * @param folder on the disk that the bench will use
     * @param each how long each of the two is measured
     */
    public static MachineAtRest measure(Path folder, Duration each) {
        MachineLoad before = MachineLoad.now();
        Latency wakeUp = lateness(each, BETWEEN_WAKE_UPS, () -> {});
        Latency toDisk = toDisk(folder, each, BETWEEN_WRITES);
        return new MachineAtRest(wakeUp, toDisk, MachineLoad.now().busySince(before));
    }

    /**
     * Whether others took so much of the machine that how long a request waits says nothing about
     * the service.
     */
    public boolean isTaken() {
        return busy > BUSY_MAX;
    }

    /**
     * How late 8 KiB are on the disk; also beside a load.
     *
     * @param between the moments when two writes are due
     */
    public static Latency toDisk(Path folder, Duration time, Duration between) {
        Path file = folder.resolve("write");
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var block = ByteBuffer.allocateDirect(WRITE_BYTES);
            for (long at = 0; at < FILE_BYTES; at += WRITE_BYTES) {
                channel.write(block.clear(), at);
            }
            channel.force(true);
            var at = new long[1];
            return lateness(
                    time,
                    between,
                    () -> {
                        channel.write(block.clear(), at[0]);
                        channel.force(false);
                        at[0] = (at[0] + WRITE_BYTES) % FILE_BYTES;
                    });
        } catch (IOException e) {
            throw new BenchException("cannot write in " + folder, e);
        } finally {
            delete(file);
        }
    }

    private interface Step<E extends Exception> {
        void run() throws E;
    }

    private static <E extends Exception> Latency lateness(
            Duration time, Duration between, Step<E> step) throws E {
        Histogram histogram = Latency.histogram();
        long begin = System.nanoTime();
        for (long due = 0; due < time.toNanos(); due += between.toNanos()) {
            for (long early; (early = begin + due - System.nanoTime()) > 0; ) {
                LockSupport.parkNanos(early);
            }
            step.run();
            Latency.record(histogram, System.nanoTime() - begin - due);
        }
        return Latency.of(histogram);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new BenchException("cannot delete " + file, e);
        }
    }
}
