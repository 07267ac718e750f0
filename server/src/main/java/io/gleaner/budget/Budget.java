package io.gleaner.budget;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * So many bytes of one kind of memory, for all who need some.
 *
 * <p>A hold may grow while its owner already has a part. So that no two wait for each other, a
 * reserve as large as the largest item is kept back: the first of those who wait may use it, and
 * nobody else until it is done. So one always comes to its end, and frees what it had.
 */
public final class Budget {

    private final String name;
    private final long limitBytes;
    private final long reserveBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Hold> waiting = new ArrayDeque<>();
    private final LongAdder waits = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private long usedBytes;
    private @Nullable Hold onReserve;

    /** For holds that take all they need at once: nothing is kept back. */
    public Budget(String name, long limitBytes) {
        this(name, limitBytes, 0);
    }

    /**
     * @param name lower case and {@code -}; a tag of metrics
     * @param limitBytes most that is held in all
     * @param reserveBytes most that one hold grows to; a limit below it is raised to it
     */
    public Budget(String name, long limitBytes, long reserveBytes) {
        if (limitBytes < 1 || reserveBytes < 0) {
            throw new IllegalArgumentException(
                    "budget %s: limitBytes must be positive, reserveBytes not negative: %d, %d"
                            .formatted(name, limitBytes, reserveBytes));
        }
        this.name = name;
        this.limitBytes = Math.max(limitBytes, reserveBytes);
        this.reserveBytes = reserveBytes;
    }

    /** A hold of nothing yet. */
    public Hold hold() {
        return new Hold(this);
    }

    public String name() {
        return name;
    }

    public long limitBytes() {
        return limitBytes;
    }

    /** Held now. */
    public long usedBytes() {
        lock.lock();
        try {
            return usedBytes;
        } finally {
            lock.unlock();
        }
    }

    /** How often one had to wait for room. */
    public long waits() {
        return waits.sum();
    }

    /** How often one got no room, at once or in time. */
    public long refusals() {
        return refusals.sum();
    }

    boolean tryGrow(Hold hold, long bytes) {
        lock.lock();
        try {
            long more = missing(hold, bytes);
            if (more > 0 && !fitsNow(hold, more)) {
                refusals.increment();
                return false;
            }
            add(hold, more);
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean grow(Hold hold, long bytes, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long more = missing(hold, bytes);
            if (more <= 0 || fitsNow(hold, more)) {
                add(hold, more);
                return true;
            }
            waits.increment();
            waiting.addLast(hold);
            try {
                return awaitTurn(hold, more, patience.toNanos());
            } finally {
                waiting.remove(hold);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitTurn(Hold hold, long more, long patienceNanos)
            throws InterruptedException {
        long left = patienceNanos;
        while (true) {
            if (waiting.peekFirst() == hold && (fits(more) || takesReserve(hold))) {
                add(hold, more);
                return true;
            }
            if (left <= 0) {
                refusals.increment();
                return false;
            }
            left = changed.awaitNanos(left);
        }
    }

    private boolean takesReserve(Hold hold) {
        if (reserveBytes == 0 || onReserve != null) {
            return false;
        }
        onReserve = hold;
        return true;
    }

    private boolean fitsNow(Hold hold, long more) {
        return onReserve == hold || (waiting.isEmpty() && fits(more));
    }

    private boolean fits(long more) {
        return usedBytes + more <= limitBytes - reserveBytes;
    }

    private long missing(Hold hold, long bytes) {
        return Math.min(bytes, reserveBytes > 0 ? reserveBytes : limitBytes) - hold.heldBytes;
    }

    private void add(Hold hold, long more) {
        if (more > 0) {
            hold.heldBytes += more;
            usedBytes += more;
        }
    }

    void giveBack(Hold hold) {
        lock.lock();
        try {
            usedBytes -= hold.heldBytes;
            hold.heldBytes = 0;
            if (onReserve == hold) {
                onReserve = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
