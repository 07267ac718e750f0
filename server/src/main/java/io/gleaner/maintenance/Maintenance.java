package io.gleaner.maintenance;

import io.gleaner.cache.Signals;
import io.gleaner.database.DatabaseException;
import io.gleaner.store.Sweep;
import io.gleaner.store.Workers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the chores, round after round, until it is closed. */
public final class Maintenance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final Workers workers;
    private final Sweep sweep;
    private final Signals signals;
    private final CountDownLatch stop = new CountDownLatch(1);

    private Maintenance(Workers workers, Sweep sweep, Signals signals) {
        this.workers = workers;
        this.sweep = sweep;
        this.signals = signals;
    }

    /**
     * @param staleAfter silence after which a worker counts as dead
     * @param every pause between two rounds
     */
    public static Maintenance start(
            Workers workers, Sweep sweep, Signals signals, Duration staleAfter, Duration every) {
        var maintenance = new Maintenance(workers, sweep, signals);
        Thread.ofVirtual().name("maintenance").start(() -> maintenance.rounds(staleAfter, every));
        return maintenance;
    }

    private void rounds(Duration staleAfter, Duration every) {
        try {
            while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                chore("rescue", () -> rescue(staleAfter));
                chore("sweep", this::sweepAll);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void chore(String name, Runnable chore) {
        try {
            chore.run();
        } catch (DatabaseException e) {
            LOG.warn("no {} this round: {}", name, e.getMessage());
        }
    }

    private void rescue(Duration staleAfter) {
        var rescued = workers.rescue(staleAfter);
        rescued.changed().forEach(signals::jobChanged);
        if (rescued.queues() > 0) {
            LOG.info("took over {} host queues of workers that died", rescued.queues());
            signals.workAdded();
        }
    }

    /** Small transactions one after the other, so that nobody waits long for a host's row. */
    private void sweepAll() {
        while (stop.getCount() > 0 && sweep.cancelled() > 0) {
            LOG.debug("swept a batch of cancelled tasks");
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
