package io.gleaner.maintenance;

import io.gleaner.cache.Signals;
import io.gleaner.store.Days;
import io.gleaner.store.Sweep;
import io.gleaner.store.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the chores, round after round, until it is closed. */
public final class Maintenance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private static final Duration DAYS_EVERY = Duration.ofHours(1);

    private final Workers workers;
    private final Sweep sweep;
    private final Days days;
    private final Signals signals;
    private final Period retention;
    private final MeterRegistry metrics;
    private final CountDownLatch stop = new CountDownLatch(1);

    private Maintenance(Needs needs, Period retention) {
        this.workers = needs.workers();
        this.sweep = needs.sweep();
        this.days = needs.days();
        this.signals = needs.signals();
        this.metrics = needs.metrics();
        this.retention = retention;
    }

    /** What the chores are done with. */
    public record Needs(
            Workers workers, Sweep sweep, Days days, Signals signals, MeterRegistry metrics) {}

    /**
     * @param retention how long jobs and their pages are kept
     * @param staleAfter silence after which a worker counts as dead
     * @param every pause between two rounds, and between two looks
     */
    public static Maintenance start(
            Needs needs, Period retention, Duration staleAfter, Duration every) {
        var maintenance = new Maintenance(needs, retention);
        Thread.ofVirtual().name("maintenance").start(() -> maintenance.rounds(staleAfter, every));
        return maintenance;
    }

    private void rounds(Duration staleAfter, Duration every) {
        try (var looks = RegularLooks.begin(workers::now, every, staleAfter)) {
            var chores =
                    List.of(
                            chore("rescue", Duration.ZERO, () -> rescue(staleAfter, looks)),
                            chore("sweep", Duration.ZERO, this::sweepAll),
                            chore("retention", DAYS_EVERY, this::keepDays));
            while (stop.getCount() > 0) {
                looks.awaitNext(every);
                chores.forEach(Chore::round);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Chore chore(String name, Duration every, Runnable work) {
        return new Chore(name, every, metrics, work);
    }

    private void rescue(Duration staleAfter, RegularLooks looks) {
        Optional<Instant> now = looks.last();
        if (now.isEmpty()) {
            return;
        }
        var rescued = workers.rescue(now.get().minus(staleAfter));
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

    private void keepDays() {
        days.prepare();
        int gone = days.forget(retention);
        if (gone > 0) {
            LOG.info("{} jobs and partitions are older than {} and gone", gone, retention);
        }
        int idle = sweep.idleHosts();
        if (idle > 0) {
            LOG.info("{} hosts that nobody has needed for long are gone", idle);
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
