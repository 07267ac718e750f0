package io.gleaner.maintenance;

import io.gleaner.cache.Signals;
import io.gleaner.store.StoreException;
import io.gleaner.store.Workers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees the host queues of workers that died, over and over, until it is closed. */
public final class Rescuer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rescuer.class);

    private final Workers workers;
    private final Signals signals;
    private final CountDownLatch stop = new CountDownLatch(1);

    private Rescuer(Workers workers, Signals signals) {
        this.workers = workers;
        this.signals = signals;
    }

    /**
     * @param staleAfter silence after which a worker counts as dead
     * @param every pause between two rounds
     */
    public static Rescuer start(
            Workers workers, Signals signals, Duration staleAfter, Duration every) {
        var rescuer = new Rescuer(workers, signals);
        Thread.ofVirtual().name("rescuer").start(() -> rescuer.rounds(staleAfter, every));
        return rescuer;
    }

    private void rounds(Duration staleAfter, Duration every) {
        try {
            while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                round(staleAfter);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(Duration staleAfter) {
        try {
            int freed = workers.rescue(staleAfter);
            if (freed > 0) {
                LOG.info("took over {} host queues of workers that died", freed);
                signals.workAdded();
            }
        } catch (StoreException e) {
            LOG.warn("no rescue this round: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
