package io.gleaner.perf.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One connection of an open loop: the sender writes, a thread of its own reads. */
final class Lane implements Runnable, AutoCloseable {

    private final HttpConnection connection;
    private final Workload workload;
    private final Tally tally;
    private final Lanes lanes;
    // Whoever takes the request out of here counts it, so each is counted once.
    private final AtomicReference<@Nullable InFlight> inFlight = new AtomicReference<>();
    // From before it is taken out until it has been counted: results are not read meanwhile.
    private volatile boolean counting;
    private volatile boolean broken;

    private record InFlight(long n, long intended) {}

    Lane(HttpConnection connection, Workload workload, Tally tally, Lanes lanes) {
        this.connection = connection;
        this.workload = workload;
        this.tally = tally;
        this.lanes = lanes;
    }

    boolean isBusy() {
        return inFlight.get() != null || counting;
    }

    /**
     * Sends a request; the connection must be free.
     *
     * @return whether it was sent: not when the connection had ended before
     */
    boolean send(long n, long intended) {
        var request = new InFlight(n, intended);
        inFlight.set(request);
        if (broken && inFlight.compareAndSet(request, null)) {
            return false;
        }
        tally.sent(System.nanoTime() - intended);
        try {
            connection.write(workload.request(n));
        } catch (IOException e) {
            fail();
        }
        return true;
    }

    /** Reads answers until the connection ends. */
    @Override
    public void run() {
        try {
            boolean open = true;
            while (open) {
                HttpReply reply = connection.read();
                count(reply);
                open = reply.keepAlive();
                if (open) {
                    lanes.release(this);
                }
            }
        } catch (IOException e) {
            // The server ended it, or is gone.
        }
        broken = true;
        fail();
        connection.close();
        lanes.remove(this);
    }

    private void count(HttpReply reply) {
        long now = System.nanoTime();
        counting = true;
        InFlight request = inFlight.getAndSet(null);
        if (request != null) {
            boolean right = workload.accepts(request.n(), reply);
            tally.answered(reply.status(), right, now - request.intended());
        }
        counting = false;
    }

    private void fail() {
        InFlight request = inFlight.getAndSet(null);
        if (request != null) {
            tally.failed(System.nanoTime() - request.intended());
        }
    }

    void giveUp() {
        InFlight request = inFlight.getAndSet(null);
        if (request != null) {
            tally.unanswered(System.nanoTime() - request.intended());
        }
    }

    @Override
    public void close() {
        broken = true;
        connection.close();
    }
}
