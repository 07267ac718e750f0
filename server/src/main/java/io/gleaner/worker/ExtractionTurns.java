package io.gleaner.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who extracts next: the job that has used the least time for it lately. As many have a turn as
 * there are cores. One that has gone on for longer than a slice gives its turn away when a job with
 * less use waits, and goes on later; so a page waits for a slice, not for the pages of others.
 */
final class ExtractionTurns {

    /** Much longer than a change of turns takes, much shorter than a scrape. */
    static final Duration SLICE = Duration.ofMillis(2);

    static final int BEGUN_LIGHT_MAX = 64;

    /** Each has a thread and a tree. */
    private static final int BEGUN_MAX = 256;

    private final int turnsMax;
    private final int begunHeavyMax;
    private final int pagesMax;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final List<Turn> waiting = new ArrayList<>();
    private final Set<Turn> begun = new HashSet<>();

    /** Fetched and not read to their end. */
    private int pages;

    private int running;

    /** What is done in a turn. */
    interface Work {

        /** Has a thread do it. Short, and throws nothing. */
        void begin();

        /**
         * Does it.
         *
         * @return what this thread is to do next, if anything
         */
        @Nullable Work run();
    }

    /** Read without the lock: to look costs nothing while nobody waits. */
    private volatile boolean isAnybodyWaiting;

    /**
     * @param turnsMax who have a turn at once
     * @param pagesMax under way at once, each job's one page besides
     */
    ExtractionTurns(int turnsMax, int pagesMax, InstantSource clock) {
        this.turnsMax = turnsMax;
        this.pagesMax = pagesMax;
        this.begunHeavyMax = 2 * turnsMax;
        this.clock = clock;
    }

    /** A turn for one page, not taken yet. */
    Turn of(ExtractionUse use) {
        lock.lock();
        try {
            use.pages++;
            pages++;
            return new Turn(use);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether another page of the job may be fetched. The more pages wait to be read, the fewer
     * each job may have under way, but every job may have one: so no job's pages keep another's
     * out. A heavy job has few that wait.
     */
    boolean hasRoom(ExtractionUse use) {
        lock.lock();
        try {
            return use.underWay == 0
                    || (use.underWay < pagesMax - pages
                            && (use.pages < begunHeavyMax || !use.isHeavy()));
        } finally {
            lock.unlock();
        }
    }

    /** Another page of the job is under way, until the place is closed. */
    Place enter(ExtractionUse use) {
        lock.lock();
        try {
            use.underWay++;
            return new Place(use);
        } finally {
            lock.unlock();
        }
    }

    /** Closed once. */
    final class Place implements AutoCloseable {

        private final ExtractionUse use;

        private Place(ExtractionUse use) {
            this.use = use;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                use.underWay--;
                room.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether the job's pages cost much to read, each. */
    boolean isHeavy(ExtractionUse use) {
        lock.lock();
        try {
            return use.isHeavy();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for room, which may be another's by then, and not for longer than this. */
    void awaitRoom(ExtractionUse use, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (!hasRoom(use) && left > 0) {
                left = room.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is granted, may be lost in a pause and granted again, and ends. */
    final class Turn implements AutoCloseable {

        private final ExtractionUse use;
        private final Condition granted = lock.newCondition();
        private @Nullable Work begin;

        /** When it was granted or last accounted for; null without a turn. */
        private @Nullable Instant since;

        private Turn(ExtractionUse use) {
            this.use = use;
        }

        /**
         * Has it begun when it is the page's turn, by whoever gives that away: no thread has to
         * wake up for it.
         */
        void whenGranted(Work work) {
            lock.lock();
            try {
                begin = work;
                enqueue();
            } finally {
                lock.unlock();
            }
        }

        /** Whether it will not begin any more; false when it has. */
        boolean withdraw() {
            lock.lock();
            try {
                boolean withdrawn = begin != null && waiting.remove(this);
                grant();
                return withdrawn;
            } finally {
                lock.unlock();
            }
        }

        void take() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                enqueue();
                while (since == null) {
                    granted.await();
                }
            } finally {
                waiting.remove(this);
                grant();
                lock.unlock();
            }
        }

        /** Gives the turn back; the page counts as begun until it is closed. */
        void giveBack() {
            lock.lock();
            try {
                stop();
                grant();
            } finally {
                lock.unlock();
            }
        }

        /**
         * The same, and passes the thread on with the turn: no other has to wake up for each page.
         *
         * @return what the thread is to do next, if it may begin now
         */
        @Nullable Work handOn() {
            lock.lock();
            try {
                stop();
                Turn next = running < turnsMax ? next() : null;
                Work work = next == null ? null : next.begin;
                if (next != null && work != null) {
                    waiting.remove(next);
                    next.begin = null;
                    next.start(clock.instant());
                }
                grant();
                return work;
            } finally {
                lock.unlock();
            }
        }

        /** Once a slice is over, lets those go first whose job has used less. */
        void pause() {
            if (!isAnybodyWaiting) {
                return;
            }
            lock.lock();
            try {
                Instant now = clock.instant();
                if (since == null || Duration.between(since, now).compareTo(SLICE) < 0) {
                    return;
                }
                use.add(Duration.between(since, now), now);
                since = now;
                Turn next = next();
                if (next == null || next.use.rank() >= use.rank()) {
                    return;
                }
                stop();
                enqueue();
                while (since == null) {
                    granted.awaitUninterruptibly(); // The page heeds an interrupt when it goes on.
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                stop();
                begun.remove(this);
                use.pages--;
                pages--;
                use.end(clock.instant());
                grant();
                room.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void enqueue() {
            waiting.add(this);
            grant();
        }

        private void start(Instant now) {
            since = now;
            running++;
            begun.add(this);
            granted.signal();
        }

        private void stop() {
            if (since != null) {
                Instant now = clock.instant();
                use.add(Duration.between(since, now), now);
                since = null;
                running--;
            }
        }
    }

    private void grant() {
        while (running < turnsMax) {
            Turn next = next();
            if (next == null) {
                break;
            }
            waiting.remove(next);
            next.start(clock.instant());
            if (next.begin != null) {
                Work work = next.begin;
                next.begin = null;
                work.begin();
            }
        }
        isAnybodyWaiting = !waiting.isEmpty();
    }

    /** Of those who may go on, the first whose job has used the least. */
    private @Nullable Turn next() {
        Turn next = null;
        for (Turn turn : waiting) {
            boolean first = next == null || turn.use.rank() < next.use.rank();
            if (first && (begun.contains(turn) || mayBegin(turn.use))) {
                next = turn;
            }
        }
        return next;
    }

    /** Jobs are light until their pages have shown otherwise, so heavy ones may be begun, too. */
    private boolean mayBegin(ExtractionUse use) {
        if (use.isHeavy()) {
            return begun.size() < begunHeavyMax;
        }
        return begun.size() < BEGUN_LIGHT_MAX
                || (begun.size() < BEGUN_MAX
                        && begun.stream().filter(turn -> !turn.use.isHeavy()).count()
                                < BEGUN_LIGHT_MAX);
    }
}
