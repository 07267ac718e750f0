package io.gleaner.api.guard;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How the server goes: it counts running requests, so that closing can let them end. */
public final class Drain {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private int running;
    private volatile boolean leaving;
    private volatile boolean closing;
    private volatile boolean refusing;

    /** Whether the server will close soon: it is not ready, and asks clients to connect anew. */
    public boolean leaving() {
        return leaving;
    }

    /** Whether the server is closing: waits end early and streams are cut. */
    public boolean closing() {
        return closing;
    }

    /** Whether new work is refused. */
    boolean refusing() {
        return refusing;
    }

    void enter() {
        lock.lock();
        try {
            running++;
        } finally {
            lock.unlock();
        }
    }

    public void leave() {
        lock.lock();
        try {
            running--;
            if (running == 0) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    public int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Goes on for that time, so that whoever distributes requests can learn of it. */
    public void leave(Duration delay) {
        leaving = true;
        // Nobody else sends clients elsewhere when there is no delay, so they would come for ever.
        refusing = delay.isZero();
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the running requests; false when some did not end in time. */
    public boolean close(Duration max) {
        closing = true;
        long left = max.toNanos();
        lock.lock();
        try {
            while (running > 0 && left > 0) {
                left = empty.awaitNanos(left);
            }
            return running == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
