package io.gleaner.worker;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the host runs that want a fetch now, from their lease on and but for the times when they
 * only wait for their host. As many as there may be fetches are enough: a worker that leased more
 * would keep queues waiting which another worker could serve.
 */
final class Seekers {

    private final int enough;
    private final Runnable fewer;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean wereEnough;

    /**
     * @param enough fetches in flight at most
     * @param fewer called when there are no longer enough of them, after they once were
     */
    Seekers(int enough, Runnable fewer) {
        this.enough = enough;
        this.fewer = fewer;
    }

    void enter() {
        count.incrementAndGet();
    }

    interface Wait {
        void await() throws InterruptedException;
    }

    /** A wait during which others may have the fetch. */
    void pause(Wait wait) throws InterruptedException {
        leave();
        try {
            wait.await();
        } finally {
            enter();
        }
    }

    void leave() {
        if (count.decrementAndGet() < enough && wereEnough) {
            wereEnough = false;
            fewer.run();
        }
    }

    /** How many more are wanted; asked before queues are leased. */
    int wanted() {
        int wanted = Math.max(0, enough - count.get());
        wereEnough = wanted == 0;
        return wanted;
    }
}
