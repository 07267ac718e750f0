package io.gleaner.worker;

import io.gleaner.job.Task;
import io.gleaner.store.LeasedTask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one host queue that a worker has in hand: those waiting for their turn, and those
 * running or waiting to be settled.
 */
final class Hand {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<LeasedTask> waiting = new ArrayDeque<>();
    private final Set<Long> held = new HashSet<>();
    private long changes;

    void add(Collection<LeasedTask> tasks) {
        lock.lock();
        try {
            for (LeasedTask task : tasks) {
                if (held.add(task.task().id())) {
                    waiting.add(task);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next task to run, to be answered for; or null when none waits. */
    @Nullable Held next() {
        lock.lock();
        try {
            LeasedTask next = waiting.poll();
            return next == null ? null : new Held(this, next);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a task that could not run yet back to the front. */
    void putBack(LeasedTask task) {
        lock.lock();
        try {
            waiting.addFirst(task);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a task that could not run yet behind all others. */
    void putLast(LeasedTask task) {
        lock.lock();
        try {
            waiting.addLast(task);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a task of another job waits. */
    boolean hasOthers(UUID job) {
        lock.lock();
        try {
            return waiting.stream().anyMatch(task -> !task.task().jobId().equals(job));
        } finally {
            lock.unlock();
        }
    }

    /** A task has left the hand: it is settled, or stays in its queue for later. */
    void letGo(Task task) {
        lock.lock();
        try {
            held.remove(task.id());
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of the tasks that have not begun; answers how many. */
    int letGoOfWaiting() {
        lock.lock();
        try {
            int count = waiting.size();
            waiting.forEach(task -> held.remove(task.task().id()));
            waiting.clear();
            return count;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return held.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Ids of all tasks in hand. */
    List<Long> held() {
        lock.lock();
        try {
            return List.copyOf(held);
        } finally {
            lock.unlock();
        }
    }

    /** Grows whenever a task leaves the hand. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a task has left the hand since {@code seen}, at most {@code timeout}. */
    void awaitChange(long seen, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (changes <= seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
