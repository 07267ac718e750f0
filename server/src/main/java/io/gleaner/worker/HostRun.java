package io.gleaner.worker;

import io.gleaner.budget.Hold;
import io.gleaner.database.DatabaseException;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Task;
import io.gleaner.politeness.HostPace;
import io.gleaner.politeness.PaceView;
import io.gleaner.politeness.Turn;
import io.gleaner.store.HostLease;
import io.gleaner.store.HostRelease;
import io.gleaner.store.LeasedTask;
import io.gleaner.store.Verdict;
import io.gleaner.telemetry.LogContext;
import io.gleaner.worker.TaskResult.Decided;
import io.gleaner.worker.TaskResult.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one host queue from its lease to its release: one task after the other gets permission and
 * its turn, then runs in a thread of its own.
 */
final class HostRun {

    private static final Logger LOG = LoggerFactory.getLogger(HostRun.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final HostLease lease;
    private final Hand hand = new Hand();
    private final HostPace pace;
    private final WorkerParts parts;
    private final Instant startedAt;

    private final HostHealth health;
    private volatile boolean stopped;
    private boolean drained;
    private long askedAt;

    HostRun(HostLease lease, WorkerParts parts) {
        this.lease = lease;
        this.parts = parts;
        this.pace = parts.paces().of(lease.host());
        this.health = new HostHealth(lease.failingSince(), parts.config());
        this.startedAt = parts.clock().instant();
        this.drained = lease.tasks().size() < parts.config().tasksEach();
        this.askedAt = parts.addedVersion().getAsLong();
        parts.seekers().enter();
    }

    /**
     * Serves the queue until it is empty, the host asks for patience, or others wait too long. The
     * queue is released on every path; only a stop that comes first leaves that to the rescue.
     */
    void run() throws InterruptedException {
        try {
            pace.restore(lease.failures(), lease.crawlDelay());
            hand.add(lease.tasks());
            serveQueue();
        } catch (DatabaseException e) {
            LOG.warn("{}: its queue is handed back: {}", lease.host(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}: its queue is handed back after a bug", lease.host(), e);
        } finally {
            parts.seekers().leave();
            hand.letGoOfWaiting();
            while (!hand.isEmpty()) {
                hand.awaitChange(hand.changes(), LOOK_AGAIN);
            }
            release();
        }
    }

    private void serveQueue() throws InterruptedException {
        while (!mustStop()) {
            long seen = hand.changes();
            LeasedTask next = next();
            if (next != null) {
                try (var _ = LogContext.task(parts.id(), next.task())) {
                    serve(next);
                }
            } else if (hand.isEmpty()) {
                return;
            } else {
                parts.seekers().pause(() -> hand.awaitChange(seen, LOOK_AGAIN));
            }
        }
    }

    private void release() throws InterruptedException {
        var released = new CountDownLatch(1);
        parts.releaser().add(summary(), released::countDown);
        released.await();
    }

    private boolean mustStop() {
        boolean quantumOver =
                parts.clock().instant().isAfter(startedAt.plus(parts.config().quantum()));
        return stopped
                || parts.draining().getAsBoolean()
                || (quantumOver && parts.othersWait().getAsBoolean());
    }

    /**
     * The next task in hand. A hand that runs low is refilled while the queue gives full measure; a
     * queue that has given all it had is asked again when tasks may have been added.
     */
    private @Nullable LeasedTask next() throws InterruptedException {
        int tasksEach = parts.config().tasksEach();
        long version = parts.addedVersion().getAsLong();
        int waiting = hand.waiting();
        boolean ask = drained ? waiting == 0 && version != askedAt : waiting < tasksEach / 2;
        if (ask) {
            List<LeasedTask> more = parts.refills().of(lease.hostId(), hand.held());
            drained = more.size() < tasksEach;
            askedAt = version;
            hand.add(more);
        }
        return hand.next();
    }

    private void serve(LeasedTask next) throws InterruptedException {
        try {
            serveInHand(next);
        } catch (RuntimeException | InterruptedException e) {
            hand.letGo(next.task()); // It has not begun, and would be waited for in vain.
            throw e;
        }
    }

    private void serveInHand(LeasedTask next) throws InterruptedException {
        Task task = next.task();
        JobContext job;
        try {
            job = next.live() ? parts.jobs().of(task.jobId()) : null;
        } catch (IllegalArgumentException e) {
            // Stored by another version, perhaps. It must not hold up the other jobs of this host.
            LOG.error("job {} cannot be run as it is stored", task.jobId(), e);
            settle(unusable(task));
            return;
        }
        NoAnswer verdictOnAll = health.verdictOnAll();
        if (job == null) {
            settle(new Verdict.Dropped(task, lease.host()));
        } else if (verdictOnAll != null) {
            settle(fault(task, verdictOnAll));
        } else {
            visit(next, job);
        }
    }

    private void visit(LeasedTask next, JobContext job) throws InterruptedException {
        Optional<TaskResult> denied =
                parts.runner().permission(next.task(), job, lease.host(), pace);
        if (denied.isPresent()) {
            conclude(next.task(), denied.get());
            return;
        }
        if (concludeCached(next.task(), job)) {
            return;
        }
        if (takeTurn()) {
            begin(next.task(), job);
        } else {
            hand.putBack(next);
            stopped = true;
        }
    }

    private boolean concludeCached(Task task, JobContext job) throws InterruptedException {
        try (var hold = parts.runner().hold()) {
            Optional<TaskResult> cached = parts.runner().cached(task, job, lease.host(), hold);
            if (cached.isPresent()) {
                conclude(task, cached.get());
            }
            return cached.isPresent();
        }
    }

    /** Waits for the host's turn; false when it would take too long to hold the queue meanwhile. */
    private boolean takeTurn() throws InterruptedException {
        while (!mustStop()) {
            switch (pace.tryEnter()) {
                case Turn.Granted granted -> {
                    return true;
                }
                case Turn.Wait(var delay) -> {
                    if (delay.compareTo(parts.config().holdMax()) > 0) {
                        return false;
                    }
                    parts.seekers().pause(() -> pace.awaitChange(delay));
                }
                case Turn.Full full -> parts.seekers().pause(() -> pace.awaitChange(LOOK_AGAIN));
            }
        }
        return false;
    }

    private void begin(Task task, JobContext job) throws InterruptedException {
        parts.concurrency().acquire();
        try {
            parts.threads().execute(() -> run(task, job));
        } catch (RejectedExecutionException e) {
            // Stopping, too: the permit came from a task that was just interrupted.
            parts.concurrency().release();
            hand.letGo(task);
            stopped = true;
        }
    }

    private void run(Task task, JobContext job) {
        try (var _ = LogContext.task(parts.id(), task);
                var hold = parts.runner().hold()) {
            conclude(task, parts.runner().run(task, job, lease.host(), pace, hold));
        } catch (InterruptedException e) {
            hand.letGo(task); // Stopping: the task stays in its queue.
        } finally {
            parts.concurrency().release();
        }
    }

    private void conclude(Task task, TaskResult result) throws InterruptedException {
        switch (result) {
            case Decided(var verdict, var hostAnswered) -> {
                if (hostAnswered) {
                    health.answered();
                }
                LOG.debug("the task has come to: {}", WorkerMetrics.word(verdict));
                settle(verdict);
            }
            case NoAnswer answer -> {
                LOG.debug("no answer this time: {}, {}", answer.code(), answer.detail());
                health.failed(answer, parts.clock().instant());
                stopped |= answer.throttled() || answer.until() != null;
                afterNoAnswer(task, answer);
            }
        }
    }

    private void afterNoAnswer(Task task, NoAnswer answer) throws InterruptedException {
        if (health.verdictOnAll() != null) {
            LOG.info("{} has failed for too long: its queue comes to faults", lease.host());
            stopped = false;
            settle(fault(task, answer));
        } else if (answer.throttled()) {
            hand.letGo(task);
        } else if (task.attempt() < parts.config().attemptsMax()) {
            settle(new Verdict.Retried(task, lease.host()));
        } else {
            settle(fault(task, answer));
        }
    }

    /** Waits while too much waits for its commit already. */
    private void settle(Verdict verdict) throws InterruptedException {
        Hold hold = parts.pages().hold();
        hold.awaitAtLeast(PageSize.bytes(verdict));
        parts.settler()
                .add(
                        verdict,
                        () -> {
                            hold.close();
                            hand.letGo(verdict.task());
                        });
    }

    private Verdict fault(Task task, NoAnswer answer) {
        return Verdicts.fault(
                task,
                lease.host(),
                answer.code(),
                answer.detail(),
                answer.status(),
                parts.clock().instant());
    }

    private Verdict unusable(Task task) {
        return Verdicts.fault(
                task,
                lease.host(),
                FaultCode.INTERNAL_ERROR,
                "the job cannot be run as it is stored",
                null,
                parts.clock().instant());
    }

    private HostRelease summary() {
        PaceView view = pace.view();
        Instant notBefore = view.notBefore();
        String reason = view.waitReason();
        Instant held = health.heldUntil();
        if (held != null && (notBefore == null || held.isAfter(notBefore))) {
            notBefore = held;
        }
        return new HostRelease(
                lease.hostId(),
                notBefore,
                view.failures(),
                health.failingSince(),
                view.delay(),
                health.reason() == null ? reason : health.reason());
    }
}
