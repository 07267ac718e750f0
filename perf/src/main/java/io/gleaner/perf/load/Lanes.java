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

/** A fixed number of connections; those without a request in flight are free. */
final class Lanes implements AutoCloseable {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long REOPEN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Target target;
    private final Workload workload;
    private final Tally tally;
    private final Set<Lane> all = ConcurrentHashMap.newKeySet();
    // Last in, first out: at a low rate few connections carry all requests, as with a real client.
    private final BlockingDeque<Lane> free = new LinkedBlockingDeque<>();
    private volatile boolean closed;

    private Lanes(Target target, Workload workload, Tally tally) {
        this.target = target;
        this.workload = workload;
        this.tally = tally;
    }

    static Lanes open(Target target, int connections, Workload workload, Tally tally)
            throws IOException {
        var lanes = new Lanes(target, workload, tally);
        try {
            for (int i = 0; i < connections; i++) {
                lanes.add();
            }
            return lanes;
        } catch (IOException e) {
            lanes.close();
            throw e;
        }
    }

    private void add() throws IOException {
        var lane = new Lane(HttpConnection.open(target), workload, tally, this);
        all.add(lane);
        free.addFirst(lane);
        Thread.ofVirtual().name("lane").start(lane);
    }

    /** A free connection, or null if none is within that time. */
    @Nullable Lane free(long waitNanos) throws InterruptedException {
        return waitNanos > 0 ? free.pollFirst(waitNanos, TimeUnit.NANOSECONDS) : free.pollFirst();
    }

    void release(Lane lane) {
        free.addFirst(lane);
    }

    /** Replaces a broken connection as soon as the server takes a new one. */
    void replace(Lane broken) {
        all.remove(broken);
        free.remove(broken);
        while (!closed) {
            try {
                add();
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(REOPEN_PAUSE_NANOS);
            }
        }
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
        closed = true;
        all.forEach(Lane::close);
    }
}
