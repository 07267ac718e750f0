package io.gleaner.perf.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Sends requests at their intended times, whatever the server does. One platform thread keeps the
 * times and writes; a virtual thread per connection waits for the answers.
 *
 * @param ratePerSecond requests a second on average
 * @param duration time over which sends are intended
 * @param connections most requests in flight
 * @param sendPatience how long after its intended time a request waits for a free connection before
 *     it is dropped
 * @param answerPatience how long after the last send answers are waited for
 */
public record OpenLoop(
        Arrivals.Shape shape,
        double ratePerSecond,
        Duration duration,
        int connections,
        Duration sendPatience,
        Duration answerPatience,
        long seed) {

    private static final int CONNECTIONS_DEFAULT = 256;

    /** Poisson arrivals over 256 connections; a second to begin a send, ten to end it. */
    public static OpenLoop at(double ratePerSecond, Duration duration) {
        return new OpenLoop(
                Arrivals.Shape.POISSON,
                ratePerSecond,
                duration,
                CONNECTIONS_DEFAULT,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                1);
    }

    public LoadResult run(Target target, Workload workload)
            throws IOException, InterruptedException {
        return run(target, workload, Observer.NONE);
    }

    public LoadResult run(Target target, Workload workload, Observer observer)
            throws IOException, InterruptedException {
        return run(target, workload, observer, () -> false);
    }

    /**
     * @param ended asked before each send: whether the sends are to end before their time
     */
    public LoadResult run(
            Target target, Workload workload, Observer observer, BooleanSupplier ended)
            throws IOException, InterruptedException {
        var tally = new Tally(observer);
        var cpu = new CpuClock();
        try (var lanes = new Lanes(target, connections, workload, tally)) {
            long begin = System.nanoTime();
            send(lanes, tally, begin, ended);
            lanes.awaitAnswers(answerPatience);
            return tally.result(
                    ratePerSecond, connections, System.nanoTime() - begin, cpu.seconds());
        }
    }

    private void send(Lanes lanes, Tally tally, long begin, BooleanSupplier ended)
            throws InterruptedException {
        var arrivals = new Arrivals(shape, ratePerSecond, seed);
        double offset = arrivals.nextGapNanos();
        for (long n = 0; offset < duration.toNanos() && !ended.getAsBoolean(); n++) {
            long intended = begin + (long) offset;
            awaitTime(intended);
            long sendEnd = intended + sendPatience.toNanos();
            Lane lane;
            do {
                lane = lanes.free(sendEnd - System.nanoTime());
            } while (lane != null && !lane.send(n, intended));
            if (lane == null) {
                tally.dropped(System.nanoTime() - intended);
            }
            offset += arrivals.nextGapNanos();
        }
    }

    private static void awaitTime(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted between two sends");
            }
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            left = nanoTime - System.nanoTime();
        }
    }
}
