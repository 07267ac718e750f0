package io.gleaner.politeness;

import io.gleaner.politeness.Turn.Full;
import io.gleaner.politeness.Turn.Granted;
import io.gleaner.politeness.Turn.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * When the next request to one host may start. Thread-safe; decides and never sleeps.
 *
 * <p>Two clocks: the crawl delay runs from the last start, the backoff from the last failure; the
 * later one counts. Beside them the slots: as many requests as {@link SlotWindow} finds the host to
 * bear, and one only when there is a delay.
 */
public final class HostPace {

    private final PolitenessConfig config;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SlotWindow window;
    private final Backoff backoff;

    private Duration delay;
    private Instant lastStart = Instant.MIN;
    private int inFlight;
    private boolean visited;

    HostPace(PolitenessConfig config, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.window = new SlotWindow(config.hostSlots());
        this.backoff =
                new Backoff(
                        config.backoffMin(), config.backoffMax(), config.retryAfterMax(), random);
        this.delay = config.crawlDelayMin();
    }

    /** Asks to start a request now. {@link Granted} takes a slot: {@link #leave} must follow. */
    public Turn tryEnter() {
        lock.lock();
        try {
            var now = clock.instant();
            var notBefore = notBefore();
            if (now.isBefore(notBefore)) {
                return new Wait(Duration.between(now, notBefore));
            }
            if (inFlight >= slots()) {
                return new Full();
            }
            inFlight++;
            lastStart = now;
            return new Granted();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the slot of a granted request back and learns from how it went. */
    public void leave(Visit visit) {
        lock.lock();
        try {
            if (inFlight == 0) {
                throw new IllegalStateException("leave without a granted turn");
            }
            learn(visit);
            inFlight--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The host said "later" to one URL while it answers others: its next pause is not longer. */
    public void refusedOneUrl() {
        lock.lock();
        try {
            backoff.dueToUrl();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Parks until a request may start or {@code max} has passed.
     *
     * @return whether one may start now; {@link #tryEnter} has the last word
     */
    public boolean awaitChange(Duration max) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNanos = max.toNanos();
            while (!isOpen() && leftNanos > 0) {
                long napNanos = Math.min(leftNanos, nanosUntilDue());
                leftNanos -= napNanos - changed.awaitNanos(napNanos);
            }
            return isOpen();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sets the delay that robots.txt asks for; the configured bounds apply.
     *
     * @param asked zero if none
     */
    public void crawlDelay(Duration asked) {
        lock.lock();
        try {
            delay = min(config.crawlDelayMax(), max(config.crawlDelayMin(), asked));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Until when the host as a whole is left alone after failures, or empty. */
    public Optional<Instant> backoffUntil() {
        lock.lock();
        try {
            return clock.instant().isBefore(backoff.until())
                    ? Optional.of(backoff.until())
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes over what the database knows of a host that this process has not visited yet; what we
     * have seen ourselves is newer and stays.
     *
     * @param failures failed or throttled rounds in a row
     * @param crawlDelay what robots.txt asked for, zero if unknown or none
     */
    public void restore(int failures, Duration crawlDelay) {
        lock.lock();
        try {
            if (visited || inFlight > 0) {
                return;
            }
            crawlDelay(crawlDelay);
            backoff.restore(failures);
            if (failures > 0) {
                window.collapse();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The pace right now, for people. */
    public PaceView view() {
        lock.lock();
        try {
            var now = clock.instant();
            var notBefore = notBefore();
            if (!now.isBefore(notBefore)) {
                return new PaceView(slots(), inFlight, delay, backoff.failures(), null, null);
            }
            var reason =
                    now.isBefore(backoff.until())
                            ? backoff.reason()
                            : "its crawl delay of " + delay + " runs";
            return new PaceView(slots(), inFlight, delay, backoff.failures(), notBefore, reason);
        } finally {
            lock.unlock();
        }
    }

    private void learn(Visit visit) {
        var now = clock.instant();
        int others = inFlight - 1;
        switch (visit) {
            case Visit.Answered(var latency) -> {
                visited = true;
                window.answered(latency, inFlight);
                backoff.answered();
            }
            case Visit.Failed() -> {
                visited = true;
                window.halve();
                backoff.failed(now, others);
            }
            case Visit.Throttled(var retryAfter) -> {
                visited = true;
                window.halve();
                backoff.throttled(now, others, retryAfter);
            }
            case Visit.NotSent() -> backoff.notSent();
        }
    }

    private int slots() {
        return delay.isPositive() ? 1 : window.slots();
    }

    private Instant notBefore() {
        var afterDelay = lastStart.equals(Instant.MIN) ? lastStart : lastStart.plus(delay);
        return afterDelay.isAfter(backoff.until()) ? afterDelay : backoff.until();
    }

    private boolean isOpen() {
        return inFlight < slots() && !clock.instant().isBefore(notBefore());
    }

    private long nanosUntilDue() {
        var now = clock.instant();
        var due = notBefore();
        return now.isBefore(due)
                ? Math.max(1, Duration.between(now, due).toNanos())
                : Long.MAX_VALUE;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
