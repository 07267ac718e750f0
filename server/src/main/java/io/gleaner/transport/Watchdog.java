package io.gleaner.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what has been waited for too long. A socket's own timeout counts from the last byte, so a
 * byte now and then would hold it for ever.
 */
final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** Nothing is waited for. */
    static final long NEVER = Long.MAX_VALUE;

    /** Something that may wait for somebody else. */
    interface Watched {

        /** Until when it may wait, by {@link System#nanoTime}, or {@link #NEVER}. */
        long deadline();

        /** Makes its wait fail. Does not block. */
        void end();
    }

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Duration look;

    /**
     * @param look how often it looks, and so how late it may be
     */
    Watchdog(Duration look) {
        this.look = look;
        // Not virtual: it must run whatever the handlers do with theirs.
        Thread.ofPlatform().daemon().name("slow-clients").start(this::lookUntilClosed);
    }

    void watch(Watched one) {
        watched.add(one);
    }

    void forget(Watched one) {
        watched.remove(one);
    }

    @Override
    public void close() {
        stop.countDown();
    }

    private void lookUntilClosed() {
        try {
            while (!stop.await(look.toNanos(), TimeUnit.NANOSECONDS)) {
                watched.forEach(Watchdog::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void look(Watched one) {
        try {
            long deadline = one.deadline();
            if (deadline != NEVER && System.nanoTime() - deadline > 0) {
                one.end();
            }
        } catch (RuntimeException e) {
            // The others are to be looked at all the same.
            LOG.debug("a connection that is overdue was closed already", e);
        }
    }
}
