package io.gleaner.api;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts running requests, so that closing can let them end. */
final class Drain {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private int running;
    private volatile boolean closing;

    /** Whether the server is closing: waits end early, streams are cut, work is refused. */
    boolean closing() {
        return closing;
    }

    void enter() {
        lock.lock();
        try {
            running++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
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

    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses new work and waits for the running requests; false when some did not end in time. */
    boolean close(Duration max) {
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
