package io.gleaner.perf.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Connections, opened when they are wanted and up to a number; those without a request in flight
 * are free. As with real clients, for a server ends connections that say nothing.
 */
final class Lanes implements AutoCloseable {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long REOPEN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Target target;
    private final Workload workload;
    private final Tally tally;
    private final int connectionsMax;
    private final Set<Lane> all = ConcurrentHashMap.newKeySet();
    // Last in, first out: at a low rate few connections carry all requests, as with a real client.
    private final BlockingDeque<Lane> free = new LinkedBlockingDeque<>();

    /** The first is opened when the first request goes out. */
    Lanes(Target target, int connectionsMax, Workload workload, Tally tally) {
        this.target = target;
        this.workload = workload;
        this.tally = tally;
        this.connectionsMax = connectionsMax;
    }

    private void add() throws IOException {
        var lane = new Lane(HttpConnection.open(target), workload, tally, this);
        all.add(lane);
        free.addFirst(lane);
        Thread.ofVirtual().name("lane").start(lane);
    }

    /** A free connection, an open one first, or null if none is within that time. */
    @Nullable Lane free(long waitNanos) throws InterruptedException {
        long end = System.nanoTime() + waitNanos;
        while (true) {
            Lane lane = free.pollFirst();
            if (lane == null && all.size() < connectionsMax && tryAdd()) {
                lane = free.pollFirst();
            }
            long left = end - System.nanoTime();
            if (lane == null && left > 0) {
                long nap = Math.min(left, REOPEN_PAUSE_NANOS);
                lane = free.pollFirst(nap, TimeUnit.NANOSECONDS);
            }
            if (lane != null || left <= 0) {
                return lane;
            }
        }
    }

    private boolean tryAdd() {
        try {
            add();
            return true;
        } catch (IOException e) {
            return false; // The server may take connections later.
        }
    }

    void release(Lane lane) {
        free.addFirst(lane);
    }

    /** One that has ended. */
    void remove(Lane ended) {
        all.remove(ended);
        free.remove(ended);
    }

    /** Waits until nothing is in flight; what then still is counts as unanswered. */
    void awaitAnswers(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end && all.stream().anyMatch(Lane::isBusy)) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        all.forEach(Lane::giveUp);
    }

    @Override
    public void close() {
        all.forEach(Lane::close);
    }
}
