package io.gleaner.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual thread that does the same work round after round until its owner ends it, whatever a
 * round throws.
 */
public final class Loop implements AutoCloseable {

    /** Rounds in a row that must fail before health tells of it. */
    public static final int FAILING_MIN = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final String FAILING = "gleaner.loop.failing";
    private static final Duration BACKOFF_MIN = Duration.ofMillis(50);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);
    private static final int DOUBLINGS_MAX = 10;

    private final String name;
    private final Duration pause;
    private final BooleanSupplier done;
    private final Round round;
    private final MeterRegistry metrics;
    private final Counter failures;
    private final Gauge failing;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile int failuresInARow;

    /** The work of one round. It may wait, and is interrupted when the loop is closed. */
    public interface Round {
        void run() throws InterruptedException;
    }

    private Loop(
            String name, MeterRegistry metrics, Duration pause, BooleanSupplier done, Round round) {
        this.name = name;
        this.metrics = metrics;
        this.pause = pause;
        this.done = done;
        this.round = round;
        this.failures =
                Counter.builder("gleaner.loop.failures")
                        .description("Rounds of a loop that ended with an exception")
                        .tag("loop", name)
                        .register(metrics);
        this.failing =
                Gauge.builder(FAILING, this, loop -> loop.failuresInARow)
                        .description("Rounds of a loop that failed in a row, up to now")
                        .tag("loop", name)
                        .register(metrics);
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /**
     * Starts a loop whose rounds wait for their work by themselves.
     *
     * @param name for metrics, health and log; unique among those of a registry
     */
    public static Loop start(String name, MeterRegistry metrics, Round round) {
        return started(new Loop(name, metrics, Duration.ZERO, () -> true, round));
    }

    /** Starts a loop that pauses after each round. */
    public static Loop every(Duration pause, String name, MeterRegistry metrics, Round round) {
        return started(new Loop(name, metrics, pause, () -> true, round));
    }

    /**
     * As {@link #start}; once stopped it goes on for as long as there is something left to do.
     *
     * @param done whether nothing is left
     */
    public static Loop untilDone(
            String name, MeterRegistry metrics, BooleanSupplier done, Round round) {
        return started(new Loop(name, metrics, Duration.ZERO, done, round));
    }

    private static Loop started(Loop loop) {
        loop.thread.start();
        return loop;
    }

    /** One sentence on the loop that keeps failing, the worst of all in a registry; or empty. */
    public static Optional<String> failing(MeterRegistry metrics) {
        return metrics.find(FAILING).gauges().stream()
                .filter(gauge -> gauge.value() >= FAILING_MIN)
                .max(Comparator.comparingDouble(Gauge::value))
                .map(
                        gauge ->
                                "the loop '%s' keeps failing, %.0f times in a row: the log says why"
                                        .formatted(gauge.getId().getTag("loop"), gauge.value()));
    }

    /** Asks the loop to end after its round. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Waits for the end of a loop that was stopped.
     *
     * @return whether it has ended
     */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    /** Ends the loop; a round that is under way is interrupted. */
    @Override
    public void close() {
        stop();
        closed.countDown();
        thread.interrupt();
    }

    private void run() {
        while (closed.getCount() > 0 && (stop.getCount() > 0 || !done.getAsBoolean())) {
            try {
                round.run();
                succeeded();
                pause(pause);
            } catch (InterruptedException e) {
                LOG.debug("the loop '{}' was interrupted", name); // By its end, or it goes on.
            } catch (Throwable t) { // Whatever it is: a loop that is gone does nobody any good.
                if (closed.getCount() > 0) {
                    failed(t);
                    backOff();
                }
            }
        }
        metrics.remove(failing);
    }

    private void succeeded() {
        if (failuresInARow > 0) {
            LOG.info("the loop '{}' goes on after {} failures", name, failuresInARow);
            failuresInARow = 0;
        }
    }

    /** With little memory left even the log may fail, and must not end the loop. */
    private void failed(Throwable thrown) {
        try {
            int failed = failuresInARow + 1;
            failuresInARow = failed;
            failures.increment();
            if (Integer.bitCount(failed) == 1) {
                LOG.error(
                        "the loop '{}' failed, {} times in a row now; it goes on",
                        name,
                        failed,
                        thrown);
            }
        } catch (Throwable again) {
            Thread.onSpinWait(); // Nothing is left that could be done about it.
        }
    }

    private void backOff() {
        int doublings = Math.clamp(failuresInARow - 1, 0, DOUBLINGS_MAX);
        Duration wait = BACKOFF_MIN.multipliedBy(1L << doublings);
        try {
            pause(wait.compareTo(BACKOFF_MAX) < 0 ? wait : BACKOFF_MAX);
        } catch (InterruptedException e) {
            LOG.debug("the loop '{}' was interrupted", name);
        }
    }

    /** Until the loop is stopped, or closed when it has been stopped already. */
    private void pause(Duration length) throws InterruptedException {
        if (length.isPositive()) {
            CountDownLatch end = stop.getCount() > 0 ? stop : closed;
            var _ = end.await(length.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
