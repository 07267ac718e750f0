package io.gleaner.politeness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one job allows itself in this process, beside what its hosts bear: so many pages at once,
 * and a pause between two requests to one host. Thread-safe; decides and never sleeps.
 */
public final class JobPace {

    private static final int HOSTS_MAX = 10_000;

    private final int slots;
    private final Duration delay;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Those that are forgotten have been asked long ago. */
    private final Map<String, Instant> lastStarts =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                    return size() > HOSTS_MAX;
                }
            };

    private int inFlight;
    private long leaves;

    /**
     * @param slots most pages at once; 0 for any number
     */
    public JobPace(int slots, Duration delay, InstantSource clock) {
        this.slots = slots;
        this.delay = delay;
        this.clock = clock;
    }

    /** Whether the job allows itself everything. */
    public boolean isFree() {
        return slots == 0 && delay.isZero();
    }

    /** What {@link #tryEnter} would say now. */
    public Turn look(String host) {
        if (isFree()) {
            return new Turn.Granted();
        }
        lock.lock();
        try {
            return turn(host, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks to start a request now. {@link Turn.Granted} takes a slot: {@link #leave} must follow.
     */
    public Turn tryEnter(String host) {
        if (isFree()) {
            return new Turn.Granted();
        }
        lock.lock();
        try {
            Instant now = clock.instant();
            Turn turn = turn(host, now);
            if (turn instanceof Turn.Granted) {
                inFlight++;
                if (!delay.isZero()) {
                    lastStarts.put(host, now);
                }
            }
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private Turn turn(String host, Instant now) {
        Instant last = delay.isZero() ? null : lastStarts.get(host);
        if (last != null && now.isBefore(last.plus(delay))) {
            return new Turn.Wait(Duration.between(now, last.plus(delay)));
        }
        return slots > 0 && inFlight >= slots ? new Turn.Full() : new Turn.Granted();
    }

    /** Gives the slot of a granted request back. */
    public void leave() {
        if (isFree()) {
            return;
        }
        lock.lock();
        try {
            inFlight--;
            leaves++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a slot is given back, at most {@code max}. */
    public void awaitLeave(Duration max) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long seen = leaves;
            long leftNanos = max.toNanos();
            while (leaves == seen && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
