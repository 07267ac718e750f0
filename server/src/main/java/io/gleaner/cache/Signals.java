package io.gleaner.cache;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes waiting threads after a commit. A signal only says "look again": the truth is in the store.
 *
 * <p>Jobs share a fixed number of topics by hash, so memory is bounded and a waiter may wake for
 * another job's change; it looks, finds nothing new and waits again.
 */
public final class Signals {

    private static final int JOB_TOPICS = 1024;

    private final Topic work = new Topic();
    private final AtomicLong added = new AtomicLong();
    private final Topic[] jobs = new Topic[JOB_TOPICS];

    private volatile Relay relay = Relay.NONE;

    /** Who passes signals on to other processes. */
    public interface Relay {
        Relay NONE =
                new Relay() {
                    @Override
                    public void workAdded() {}

                    @Override
                    public void topicChanged(int topic) {}
                };

        void workAdded();

        /**
         * @param topic the one that jobs of this process and of every other share by hash
         */
        void topicChanged(int topic);
    }

    public Signals() {
        for (int i = 0; i < JOB_TOPICS; i++) {
            jobs[i] = new Topic();
        }
    }

    /** Tasks were queued. */
    public void workAdded() {
        heardWork();
        relay.workAdded();
    }

    /** The job's counters or state changed. */
    public void jobChanged(UUID job) {
        int topic = topicOf(job);
        jobs[topic].advance();
        relay.topicChanged(topic);
    }

    /** A host became free, or room for one: news for this process only. */
    public void workFreed() {
        work.advance();
    }

    /** From now on signals are passed on, too. */
    public void relayTo(Relay other) {
        relay = other;
    }

    /** Another process has added work. */
    public void heardWork() {
        added.incrementAndGet();
        work.advance();
    }

    /** Another process has changed a job of this topic. A number that is none is ignored. */
    public void heardTopic(int topic) {
        if (topic >= 0 && topic < JOB_TOPICS) {
            jobs[topic].advance();
        }
    }

    /** Something may have been missed: everybody looks again. */
    public void heardNothingForAWhile() {
        heardWork();
        for (Topic topic : jobs) {
            topic.advance();
        }
    }

    /** Where the work topic stands; read it before looking for work. */
    public long workVersion() {
        return work.version();
    }

    /**
     * Changes when tasks were queued, by whomever. Read it before looking for tasks in a queue that
     * has none left.
     */
    public long addedVersion() {
        return added.get();
    }

    /** Where the job's topic stands; read it before reading the job. */
    public long jobVersion(UUID job) {
        return topic(job).version();
    }

    /** Waits until the work topic is past {@code seen}, at most {@code timeout}. */
    public boolean awaitWork(long seen, Duration timeout) throws InterruptedException {
        return work.await(seen, timeout);
    }

    /** Waits until the job's topic is past {@code seen}, at most {@code timeout}. */
    public boolean awaitJob(UUID job, long seen, Duration timeout) throws InterruptedException {
        return topic(job).await(seen, timeout);
    }

    private Topic topic(UUID job) {
        return jobs[topicOf(job)];
    }

    private static int topicOf(UUID job) {
        return Math.floorMod(job.hashCode(), JOB_TOPICS);
    }

    /** A counter that can be waited on. */
    private static final class Topic {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition advanced = lock.newCondition();
        private long version;

        void advance() {
            lock.lock();
            try {
                version++;
                advanced.signalAll();
            } finally {
                lock.unlock();
            }
        }

        long version() {
            lock.lock();
            try {
                return version;
            } finally {
                lock.unlock();
            }
        }

        boolean await(long seen, Duration timeout) throws InterruptedException {
            long left = timeout.toNanos();
            lock.lockInterruptibly();
            try {
                while (version <= seen && left > 0) {
                    left = advanced.awaitNanos(left);
                }
                return version > seen;
            } finally {
                lock.unlock();
            }
        }
    }
}
