package io.gleaner.perf.shapes;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** By which a run is ended early. */
public final class Interruption {

    private final CountDownLatch latch = new CountDownLatch(1);

    /** Ends the run: it writes its report and is over. */
    public void interrupt() {
        latch.countDown();
    }

    boolean happened() {
        return latch.getCount() == 0;
    }

    /** Waits, unless it happens. */
    void sleep(long millis) throws InterruptedException {
        boolean ignored = latch.await(millis, TimeUnit.MILLISECONDS);
    }
}
