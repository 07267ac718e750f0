package io.gleaner.worker;

import io.gleaner.cache.Signals;
import io.gleaner.database.DatabaseException;
import io.gleaner.store.HostLease;
import io.gleaner.store.HostRelease;
import io.gleaner.store.Settled;
import io.gleaner.store.Verdict;
import io.gleaner.telemetry.LogContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases due host queues and serves each in a virtual thread of its own, until it is closed.
 *
 * <p>Closing drains: nothing new begins, tasks in flight get a bounded time to end, what has ended
 * is settled, the queues are handed back. A task that was interrupted stays in its queue and costs
 * nothing.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int LEASES_AT_ONCE = 64;
    private static final int SETTLE_MAX = 512;
    private static final Duration DOUBT = Duration.ofMinutes(1);
    private static final Duration HAND_BACK_EVERY = Duration.ofSeconds(1);

    /** Two, so that one encodes pages while the other waits for the database. */
    private static final int SETTLERS = 2;

    /**
     * Every settle that adds tasks wakes the worker, and a look for due queues is a transaction.
     */
    private static final Duration LOOK_PAUSE = Duration.ofMillis(20);

    private final UUID id = UUID.randomUUID();
    private final WorkerConfig config;
    private final WorkerNeeds needs;
    private final Signals signals;
    private final Batches<Verdict> settler;
    private final Batches<HostRelease> releaser;
    private final Refills refills;
    private final WorkerParts parts;
    private final Semaphore hosts;
    private final Map<Long, HostRun> inHand = new ConcurrentHashMap<>();
    private long doubtEnds = System.nanoTime();
    private long handBackAt = doubtEnds;
    private volatile long beatAt = doubtEnds;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch drained = new CountDownLatch(1);
    private final ExecutorService beating = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService leasing = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService hostRuns = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService taskRuns = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService settling = Executors.newVirtualThreadPerTaskExecutor();

    private Worker(WorkerConfig config, WorkerNeeds needs) {
        this.config = config;
        this.needs = needs;
        this.signals = needs.signals();
        this.settler = new Batches<>("settling tasks", SETTLE_MAX, this::settle);
        this.releaser =
                new Batches<>(
                        "releasing queues",
                        LEASES_AT_ONCE,
                        releases -> needs.queues().release(id, releases));
        this.refills = new Refills(id, needs.queues(), config.tasksEach());
        this.hosts = new Semaphore(config.hostsMax());
        this.parts =
                new WorkerParts(
                        id,
                        config,
                        refills,
                        needs.paces(),
                        new JobContexts(needs.jobs()),
                        needs.runner(),
                        settler,
                        needs.pages(),
                        releaser,
                        new Semaphore(config.concurrency()),
                        new Seekers(config.concurrency(), signals::workFreed),
                        taskRuns,
                        this::stopping,
                        this::hasEnough,
                        signals::addedVersion,
                        needs.clock());
    }

    /** Makes the worker known and starts it. */
    public static Worker start(WorkerConfig config, WorkerNeeds needs) {
        var worker = new Worker(config, needs);
        needs.workers().heartbeat(worker.id);
        LOG.info("worker {} leases host queues", worker.id);
        worker.execute(worker.beating, worker::beat);
        worker.execute(worker.leasing, worker::leaseUntilStopped);
        for (int i = 0; i < SETTLERS; i++) {
            worker.execute(worker.settling, worker.settler);
        }
        worker.execute(worker.settling, worker.releaser);
        worker.execute(worker.settling, worker.refills);
        return worker;
    }

    private void execute(ExecutorService threads, Runnable work) {
        threads.execute(
                () -> {
                    try (var _ = LogContext.worker(id)) {
                        work.run();
                    }
                });
    }

    /** Fetches in flight now. */
    public int inFlight() {
        return config.concurrency() - parts.concurrency().availablePermits();
    }

    /** Whether no fetch may start before another one ends. */
    public boolean isFull() {
        return parts.concurrency().availablePermits() == 0;
    }

    /** Host queues in hand now. */
    public int hostsInHand() {
        return config.hostsMax() - hosts.availablePermits();
    }

    /** Since its last sign of life that reached the database; after a few seconds it is rescued. */
    public Duration sinceHeartbeat() {
        return Duration.ofNanos(System.nanoTime() - beatAt);
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    // Until all is drained: a worker that falls silent before is rescued in the midst of its work.
    private void beat() {
        try {
            while (!drained.await(config.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    needs.workers().heartbeat(id);
                    beatAt = System.nanoTime();
                } catch (DatabaseException e) {
                    LOG.warn("no heartbeat: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leaseUntilStopped() {
        try {
            while (!stopping()) {
                long seen = signals.workVersion();
                long lookedAt = System.nanoTime();
                if (leaseDue() == 0) {
                    signals.awaitWork(seen, config.poll());
                    stop.await(
                            lookedAt + LOOK_PAUSE.toNanos() - System.nanoTime(),
                            TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int wanted() {
        return Math.min(hosts.availablePermits(), parts.seekers().wanted());
    }

    private boolean hasEnough() {
        return wanted() == 0;
    }

    private int leaseDue() throws InterruptedException {
        try {
            handBackWhatIsInDoubt();
            int room = Math.min(LEASES_AT_ONCE, wanted());
            if (room == 0) {
                return 0;
            }
            List<HostLease> leases = needs.queues().lease(id, room, config.tasksEach());
            for (HostLease lease : leases) {
                hosts.acquire();
                var run = new HostRun(lease, parts);
                inHand.put(lease.hostId(), run);
                execute(hostRuns, () -> serve(lease.hostId(), run));
            }
            return leases.size();
        } catch (DatabaseException e) {
            LOG.warn("cannot lease host queues: {}", e.getMessage());
            doubtEnds = System.nanoTime() + DOUBT.toNanos();
            return 0;
        }
    }

    /**
     * A lease whose answer was lost may have taken effect, or may still: a database that was frozen
     * or cut off goes on with what it had received. Queues in our name that nobody serves would
     * stay so for as long as we live.
     */
    private void handBackWhatIsInDoubt() {
        long now = System.nanoTime();
        if (now - doubtEnds < 0 && now - handBackAt >= 0) {
            needs.queues().handBack(id, inHand.keySet());
            handBackAt = System.nanoTime() + HAND_BACK_EVERY.toNanos();
        }
    }

    private void settle(List<Verdict> verdicts) {
        Settled settled = needs.metrics().settling(() -> needs.settlement().settle(verdicts));
        settled.changed().forEach(signals::jobChanged);
        if (settled.tasksAdded() > 0) {
            signals.workAdded();
        }
        needs.metrics().settled(verdicts);
    }

    private void serve(long host, HostRun run) {
        try {
            run.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inHand.remove(host, run); // By now it may be leased again.
            hosts.release();
            signals.workFreed();
        }
    }

    /** Drains and hands everything back. Takes at most five times {@link WorkerConfig#drain()}. */
    @Override
    public void close() {
        try (var _ = LogContext.worker(id)) {
            drain();
        }
    }

    // What is being leased at the moment must reach those who hand it back.
    private void drain() {
        stop.countDown();
        signals.workFreed();
        end(leasing, config.drain(), false);
        end(hostRuns, config.drain(), false);
        end(taskRuns, config.drain(), true);
        end(hostRuns, config.drain(), true);
        settler.stop();
        releaser.stop();
        refills.stop();
        end(settling, config.drain(), false);
        drained.countDown();
        end(beating, config.drain(), true);
        try {
            needs.queues().handBack(id, inHand.keySet());
            needs.workers().leave(id);
        } catch (DatabaseException e) {
            LOG.warn("could not leave, the leases will be rescued: {}", e.getMessage());
        }
    }

    private static void end(ExecutorService threads, Duration patience, boolean interrupt) {
        if (interrupt) {
            threads.shutdownNow();
        } else {
            threads.shutdown();
        }
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("still running after {}", patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
