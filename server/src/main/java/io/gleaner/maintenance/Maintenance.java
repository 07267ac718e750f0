package io.gleaner.maintenance;

import io.gleaner.bodies.Leftovers;
import io.gleaner.cache.Signals;
import io.gleaner.loop.Loop;
import io.gleaner.store.Days;
import io.gleaner.store.Sweep;
import io.gleaner.store.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the chores until it is closed, each in a loop of its own: none holds another up, and above
 * all not the rescue.
 */
public final class Maintenance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private static final Duration DAYS_EVERY = Duration.ofHours(1);
    private static final Duration LEFTOVERS_EVERY = Duration.ofMinutes(10);

    private final Workers workers;
    private final Sweep sweep;
    private final Days days;
    private final Optional<Leftovers> leftovers;
    private final Signals signals;
    private final Period retention;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final RegularLooks looks;
    private final List<Loop> loops = new ArrayList<>();

    private Maintenance(Needs needs, Period retention, RegularLooks looks) {
        this.looks = looks;
        this.workers = needs.workers();
        this.sweep = needs.sweep();
        this.days = needs.days();
        this.leftovers = needs.leftovers();
        this.signals = needs.signals();
        this.retention = retention;
    }

    /**
     * What the chores are done with.
     *
     * @param leftovers of jobs in an object store; empty without one
     */
    public record Needs(
            Workers workers,
            Sweep sweep,
            Days days,
            Optional<Leftovers> leftovers,
            Signals signals,
            MeterRegistry metrics) {}

    /**
     * @param retention how long jobs and their pages are kept
     * @param staleAfter silence after which a worker counts as dead
     * @param every pause between two rounds, and between two looks
     */
    public static Maintenance start(
            Needs needs, Period retention, Duration staleAfter, Duration every) {
        var looks = RegularLooks.begin(needs.workers()::now, every, staleAfter, needs.metrics());
        var maintenance = new Maintenance(needs, retention, looks);
        maintenance.startLoops(staleAfter, every, needs.metrics());
        return maintenance;
    }

    private void startLoops(Duration staleAfter, Duration every, MeterRegistry metrics) {
        var rescue = new Chore("rescue", metrics, () -> rescue(staleAfter));
        var sweeping = new Chore("sweep", metrics, this::sweepAll);
        var keeping = new Chore("retention", metrics, this::keepDays);
        loops.add(
                Loop.start(
                        "rescue",
                        metrics,
                        () -> {
                            looks.awaitNext(every);
                            rescue.round();
                        }));
        loops.add(Loop.every(every, "sweep", metrics, sweeping::round));
        loops.add(Loop.every(DAYS_EVERY, "retention", metrics, keeping::round));
        if (leftovers.isPresent()) {
            var tidying = new Chore("leftovers", metrics, () -> tidy(leftovers.get()));
            loops.add(Loop.every(LEFTOVERS_EVERY, "leftovers", metrics, tidying::round));
        }
    }

    private void rescue(Duration staleAfter) {
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
        while (stop.getCount() > 0 && sweep.headers() > 0) {
            LOG.debug("forgot the headers of a batch of ended jobs");
        }
        int gone = days.forget(retention);
        if (gone > 0) {
            LOG.info("{} jobs and partitions are older than {} and gone", gone, retention);
        }
        int idle = sweep.idleHosts();
        if (idle > 0) {
            LOG.info("{} hosts that nobody has needed for long are gone", idle);
        }
    }

    private void tidy(Leftovers leftovers) {
        int gone = leftovers.delete(() -> stop.getCount() > 0);
        if (gone > 0) {
            LOG.info("{} objects of jobs that are gone are deleted", gone);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        loops.forEach(Loop::stop);
        looks.close();
    }
}
