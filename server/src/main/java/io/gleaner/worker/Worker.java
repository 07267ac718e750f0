package io.gleaner.worker;

import io.gleaner.cache.Signals;
import io.gleaner.database.DatabaseException;
import io.gleaner.loop.Loop;
import io.gleaner.store.HostLease;
import io.gleaner.store.HostRelease;
import io.gleaner.store.Lease;
import io.gleaner.store.QueueKind;
import io.gleaner.store.Settled;
import io.gleaner.store.Verdict;
import io.gleaner.telemetry.LogContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
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
    private final CancelledJobs cancelled;
    private final Batches<Verdict> settler;
    private final Batches<HostRelease> releaser;
    private final Refills refills;
    private final WorkerParts parts;
    private final Semaphore hosts;
    private final Map<Lease, HostRun> inHand = new ConcurrentHashMap<>();
    private long handBackAt = System.nanoTime();
    private volatile long doubtEnds = handBackAt;
    private volatile long beatAt = handBackAt;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ExecutorService hostRuns = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService taskRuns = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Loop> leasing = new ArrayList<>();
    private final List<Loop> storing = new ArrayList<>();
    private final List<Loop> beating = new ArrayList<>();

    private Worker(WorkerConfig config, WorkerNeeds needs) {
        this.config = config;
        this.needs = needs;
        this.signals = needs.signals();
        this.cancelled = new CancelledJobs(needs.cancellations());
        this.settler =
                new Batches<>("settling tasks", SETTLE_MAX, this::settle, this::settleAsFault);
        this.releaser =
                new Batches<>(
                        "releasing queues", LEASES_AT_ONCE, this::release, this::leaveToHandBack);
        this.refills = new Refills(id, needs.queues(), config.tasksEach(), needs.metrics());
        this.hosts = new Semaphore(config.hostsMax());
        this.parts =
                new WorkerParts(
                        id,
                        config,
                        needs.kind(),
                        refills,
                        needs.paces(),
                        new JobContexts(needs.jobs(), cancelled, needs.clock()),
                        needs.runner(),
                        needs.extraction(),
                        needs.bodies(),
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
        worker.startLoops(needs.metrics().registry());
        return worker;
    }

    private void startLoops(MeterRegistry metrics) {
        for (int i = 1; i <= SETTLERS; i++) {
            storing.add(
                    Loop.untilDone(
                            "settle-" + i, metrics, settler::isEmpty, named(settler::round)));
        }
        storing.add(Loop.untilDone("release", metrics, releaser::isEmpty, named(releaser::round)));
        storing.add(Loop.untilDone("refill", metrics, refills::isEmpty, named(refills::round)));
        beating.add(Loop.every(config.heartbeat(), "heartbeat", metrics, named(this::beat)));
        beating.add(
                Loop.every(CancelledJobs.LOOK_EVERY, "cancelled-jobs", metrics, named(this::look)));
        leasing.add(Loop.start("lease", metrics, named(this::leaseOrWait)));
    }

    private Loop.Round named(Loop.Round round) {
        return () -> {
            try (var _ = LogContext.worker(id)) {
                round.run();
            }
        };
    }

    /** Fetches in flight now. */
    public int inFlight() {
        return config.concurrency() - parts.concurrency().availablePermits();
    }

    /** Whether no fetch may start before another one ends. */
    public boolean isFull() {
        return parts.concurrency().availablePermits() == 0;
    }

    /** Jobs that were cancelled lately, as far as this worker knows. */
    public long cancelledJobs() {
        return cancelled.count();
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

    private void beat() {
        try {
            needs.workers().heartbeat(id);
            beatAt = System.nanoTime();
        } catch (DatabaseException e) {
            e.warn(LOG, "no heartbeat");
        }
    }

    private void look() {
        try {
            cancelled.look();
        } catch (DatabaseException e) {
            LOG.debug("which jobs were cancelled is not known now", e);
        }
    }

    private void leaseOrWait() throws InterruptedException {
        long seen = signals.workVersion();
        long lookedAt = System.nanoTime();
        if (!stopping() && leaseDue() == 0) {
            signals.awaitWork(seen, config.poll());
            var _ =
                    stop.await(
                            lookedAt + LOOK_PAUSE.toNanos() - System.nanoTime(),
                            TimeUnit.NANOSECONDS);
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
            List<HostLease> leases =
                    needs.queues().lease(id, needs.kind(), room, config.tasksEach());
            for (HostLease lease : leases) {
                serve(lease);
            }
            return leases.size();
        } catch (DatabaseException e) {
            e.warn(LOG, "cannot lease host queues");
            beginDoubt();
            return 0;
        } catch (RuntimeException | Error e) {
            beginDoubt();
            throw e;
        }
    }

    private void serve(HostLease lease) throws InterruptedException {
        hosts.acquire();
        try {
            var run = new HostRun(lease, parts);
            inHand.put(lease.lease(), run);
            hostRuns.execute(
                    () -> {
                        try (var _ = LogContext.worker(id)) {
                            serve(lease.lease(), run);
                        }
                    });
        } catch (RuntimeException | Error e) {
            inHand.remove(lease.lease());
            hosts.release();
            throw e;
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
            needs.queues().handBack(id, List.copyOf(inHand.keySet()));
            handBackAt = System.nanoTime() + HAND_BACK_EVERY.toNanos();
        }
    }

    private void beginDoubt() {
        doubtEnds = System.nanoTime() + DOUBT.toNanos();
    }

    private void settle(List<Verdict> verdicts) {
        Settled settled = needs.metrics().settling(() -> needs.settlement().settle(verdicts));
        tell(settled);
        needs.metrics().settled(verdicts);
    }

    /** A signal only says "look again": what was settled is settled without it. */
    private void tell(Settled settled) {
        try {
            settled.changed().forEach(signals::jobChanged);
            if (settled.tasksAdded() > 0) {
                signals.workAdded();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("a bug in the signals", e);
        }
    }

    /**
     * What cannot be stored comes to a fault. When not even that can be, the host is left alone for
     * a while: its task stays in its queue.
     */
    private void settleAsFault(Verdict verdict, Throwable refusal) {
        try {
            settle(List.of(Verdicts.unstorable(verdict, refusal, needs.clock().instant())));
        } catch (RuntimeException | Error e) {
            HostRun run = inHand.get(verdict.lease());
            if (run != null) {
                run.metBug();
            }
            throw e;
        }
    }

    private void release(List<HostRelease> releases) {
        needs.metrics().releasing(() -> needs.queues().release(id, releases));
        boolean ours = needs.kind() == QueueKind.FOR_BROWSER;
        if (releases.stream().anyMatch(release -> release.forBrowser() != ours)) {
            signals.workAdded(); // For those of the other kind.
        }
    }

    private void leaveToHandBack(HostRelease release, Throwable refusal) {
        LOG.error("{}: its queue is not released but handed back", release.lease().host(), refusal);
        beginDoubt();
    }

    private void serve(Lease lease, HostRun run) {
        try {
            run.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: a bug at its end, its queue is handed back", lease.host(), e);
            beginDoubt();
        } finally {
            inHand.remove(lease);
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

    // What is being leased at the moment must reach those who hand it back. The heart beats until
    // all is drained: a worker that falls silent before is rescued in the midst of its work.
    private void drain() {
        stop.countDown();
        signals.workFreed();
        end(leasing, config.drain());
        end(hostRuns, config.drain(), false);
        end(taskRuns, config.drain(), true);
        end(hostRuns, config.drain(), true);
        settler.stop();
        releaser.stop();
        refills.stop();
        end(storing, config.drain());
        end(beating, config.drain());
        try {
            needs.queues().handBack(id, List.copyOf(inHand.keySet()));
            needs.workers().leave(id);
        } catch (DatabaseException e) {
            e.warn(LOG, "could not leave, the leases will be rescued");
        }
    }

    private static void end(List<Loop> loops, Duration patience) {
        loops.forEach(Loop::stop);
        try {
            for (Loop loop : loops) {
                if (!loop.awaitEnd(patience)) {
                    LOG.debug("still running after {}", patience);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            loops.forEach(Loop::close);
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
