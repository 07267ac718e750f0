package io.gleaner.worker;

import io.gleaner.database.DatabaseException;
import io.gleaner.job.Task;
import io.gleaner.job.rendering.RenderMode;
import io.gleaner.politeness.HostPace;
import io.gleaner.politeness.PaceView;
import io.gleaner.politeness.Turn;
import io.gleaner.store.HostLease;
import io.gleaner.store.HostRelease;
import io.gleaner.store.Lease;
import io.gleaner.store.LeasedTask;
import io.gleaner.store.QueueKind;
import io.gleaner.telemetry.LogContext;
import io.gleaner.worker.TaskResult.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /** While a crawl delay runs, a job may be cancelled. */
    private static final Duration WANTED_AGAIN = Duration.ofMillis(250);

    /** While a job lets its pages wait, those of another are looked for. */
    private static final Duration OTHERS_AGAIN = Duration.ofMillis(5);

    private final HostLease leased;
    private final Lease lease;
    private final Hand hand = new Hand();
    private final HostPace pace;
    private final WorkerParts parts;
    private final Instant startedAt;

    private final HostHealth health;
    private final Judge judge;
    private volatile boolean stopped;
    private boolean forBrowser;
    private boolean drained;
    private long askedAt;

    HostRun(HostLease leased, WorkerParts parts) {
        this.leased = leased;
        this.lease = leased.lease();
        this.parts = parts;
        this.pace = parts.paces().of(lease.host());
        this.health = new HostHealth(leased.failingSince(), leased.answeredAt(), parts.config());
        this.judge = new Judge(lease, health, pace, parts);
        this.startedAt = parts.clock().instant();
        this.drained = leased.tasks().size() < parts.config().tasksEach();
        this.forBrowser = parts.kind() == QueueKind.FOR_BROWSER;
        this.askedAt = parts.addedVersion().getAsLong();
        parts.seekers().enter();
    }

    /**
     * Serves the queue until it is empty, the host asks for patience, or others wait too long. The
     * queue is released on every path; only a stop that comes first leaves that to the rescue.
     */
    void run() throws InterruptedException {
        try {
            pace.restore(leased.failures(), leased.crawlDelay());
            hand.add(leased.tasks());
            serveQueue();
        } catch (DatabaseException e) {
            e.warn(LOG, lease.host() + ": its queue is handed back");
            if (e.isRefusal()) {
                metBug();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("{}: its queue is handed back after a bug", lease.host(), e);
            metBug();
        } finally {
            parts.seekers().leave();
            hand.letGoOfWaiting();
            for (long seen = hand.changes(); !hand.isEmpty(); seen = hand.changes()) {
                hand.awaitChange(seen, LOOK_AGAIN);
            }
            release();
        }
    }

    /** A bug is in the way of this queue's tasks: it is handed back and left alone for a while. */
    void metBug() {
        health.metBug(parts.clock().instant());
        stopped = true;
    }

    private void serveQueue() throws InterruptedException {
        while (!mustStop()) {
            long seen = hand.changes();
            Held next = next();
            if (next != null) {
                try (next;
                        var _ = LogContext.task(parts.id(), next.task())) {
                    serve(next);
                }
            } else if (hand.isEmpty()) {
                forBrowser = false;
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
                || judge.hostAsksForPatience()
                || parts.draining().getAsBoolean()
                || (quantumOver && parts.othersWait().getAsBoolean());
    }

    /**
     * The next task in hand. A hand that runs low is refilled while the queue gives full measure; a
     * queue that has given all it had is asked again when tasks may have been added.
     */
    private @Nullable Held next() throws InterruptedException {
        int tasksEach = parts.config().tasksEach();
        long version = parts.addedVersion().getAsLong();
        int waiting = hand.waiting();
        boolean ask = drained ? waiting == 0 && version != askedAt : waiting < tasksEach / 2;
        if (ask) {
            List<LeasedTask> more = parts.refills().of(lease, hand.held());
            drained = more.size() < tasksEach;
            askedAt = version;
            hand.add(more);
        }
        return hand.next();
    }

    private void serve(Held next) throws InterruptedException {
        NoAnswer verdictOnAll = health.verdictOnAll();
        if (!next.live() || parts.jobs().cancelled(next.task().jobId())) {
            judge.drop(next);
        } else if (verdictOnAll != null) {
            judge.giveUp(next, verdictOnAll);
        } else {
            visit(next);
        }
    }

    private void visit(Held next) throws InterruptedException {
        JobContext job;
        try {
            job = parts.jobs().of(next.task());
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException e) {
            // Stored by another version, perhaps. It must not hold up the other jobs of this host.
            LOG.error("job {} cannot be run as it is stored", next.task().jobId(), e);
            judge.unusable(next);
            return;
        }
        if (job == null) {
            judge.drop(next);
        } else if (parts.kind() != QueueKind.ANY && forBrowser != needsBrowser(next.task(), job)) {
            next.putBack();
            forBrowser = !forBrowser;
            stopped = true;
        } else {
            visit(next, job);
        }
    }

    /** By what is stored alone, so that every worker says the same. */
    private static boolean needsBrowser(Task task, JobContext job) {
        return task.renderWhy() != null || job.spec().fetch().render().mode() == RenderMode.ALWAYS;
    }

    private void visit(Held next, JobContext job) throws InterruptedException {
        if (!(job.pace().look(lease.host()) instanceof Turn.Granted)) {
            stepAside(next, job);
            return;
        }
        TaskRun run = parts.runner().take(next.task(), job, lease, pace);
        if (!awaitRoom(job)) {
            giveWay(next, run);
            return;
        }
        try (var hold = parts.runner().hold()) {
            Optional<TaskResult> early = run.beforeTurn(hold);
            if (early.isPresent()) {
                judge.conclude(next, early.get());
                return;
            }
        }
        HeldTurn turn = takeTurn(run);
        if (turn != null && job.pace().tryEnter(lease.host()) instanceof Turn.Granted) {
            var place = parts.extraction().enter(job.extraction());
            begin(new Begun(next, turn, parts.concurrency(), place, job.pace()), run);
        } else if (turn != null) {
            turn.close(); // The job has begun another page elsewhere meanwhile.
            stepAside(next, job);
        } else {
            giveWay(next, run);
        }
    }

    /** Its job lets it wait. Where another job has a task in hand, that one comes soon. */
    private void stepAside(Held next, JobContext job) throws InterruptedException {
        UUID id = next.task().jobId();
        next.stepAside();
        if (hand.hasOthers(id)) {
            parts.seekers().pause(() -> job.pace().awaitLeave(OTHERS_AGAIN));
        } else {
            Duration nap =
                    job.pace().look(lease.host()) instanceof Turn.Wait(var wait)
                                    && wait.compareTo(WANTED_AGAIN) < 0
                            ? wait
                            : WANTED_AGAIN;
            parts.seekers().pause(() -> job.pace().awaitLeave(nap));
        }
    }

    private void giveWay(Held next, TaskRun run) throws InterruptedException {
        if (run.wanted()) {
            next.putBack();
            stopped = true;
        } else {
            judge.drop(next);
        }
    }

    /**
     * Waits until the job may have another page here. Meanwhile the queue is no use to the host's
     * other jobs, and its place may be wanted: so not for ever. That of a heavy job seeks no fetch
     * meanwhile; with others the worker has as much to do as it can.
     */
    private boolean awaitRoom(JobContext job) throws InterruptedException {
        ExtractionUse use = job.extraction();
        while (!parts.extraction().hasRoom(use)) {
            if (mustStop() || !job.wanted().getAsBoolean()) {
                return false;
            }
            Seekers.Wait room = () -> parts.extraction().awaitRoom(use, WANTED_AGAIN);
            if (parts.extraction().isHeavy(use)) {
                parts.seekers().pause(room);
            } else {
                room.await();
            }
        }
        return true;
    }

    /**
     * Waits for the host's turn; null when it would take too long to hold the queue meanwhile, or
     * when the task is not wanted any more.
     */
    private @Nullable HeldTurn takeTurn(TaskRun run) throws InterruptedException {
        while (!mustStop() && run.wanted()) {
            switch (pace.tryEnter()) {
                case Turn.Granted granted -> {
                    return new HeldTurn(lease.host(), pace);
                }
                case Turn.Wait(var delay) -> {
                    if (delay.compareTo(parts.config().holdMax()) > 0) {
                        return null;
                    }
                    Duration nap = delay.compareTo(WANTED_AGAIN) < 0 ? delay : WANTED_AGAIN;
                    parts.seekers().pause(() -> pace.awaitChange(nap));
                }
                case Turn.Full full -> parts.seekers().pause(() -> pace.awaitChange(WANTED_AGAIN));
            }
        }
        return null;
    }

    /** From here on the task's own thread answers for all that it holds. */
    private void begin(Begun begun, TaskRun run) throws InterruptedException {
        try {
            begun.awaitFetch();
            parts.threads().execute(() -> run(begun, run));
        } catch (RejectedExecutionException e) {
            begun.close(); // Stopping: the permit came from a task that was just interrupted.
            stopped = true;
        } catch (RuntimeException | Error | InterruptedException e) {
            begun.close();
            throw e;
        }
    }

    private void run(Begun begun, TaskRun run) {
        try (begun;
                var _ = LogContext.task(parts.id(), begun.held().task());
                var hold = parts.runner().hold()) {
            judge.conclude(begun.held(), run.inTurn(begun, hold));
        } catch (InterruptedException e) {
            LOG.debug("stopping: the task stays in its queue");
        } catch (RuntimeException | Error e) {
            LOG.error("{}: its queue is handed back after a bug", lease.host(), e);
            metBug();
        }
    }

    /** What the host did, and what its pace makes of that. */
    private @Nullable String reason(@Nullable String pause) {
        String last = health.reason();
        return last == null || pause == null ? (last == null ? pause : last) : last + "; " + pause;
    }

    private HostRelease summary() {
        PaceView view = pace.view();
        Instant notBefore = view.notBefore();
        Instant held = health.heldUntil();
        if (held != null && (notBefore == null || held.isAfter(notBefore))) {
            notBefore = held;
        }
        return new HostRelease(
                lease,
                notBefore,
                view.failures(),
                health.failingSince(),
                health.answeredAt(),
                view.delay(),
                reason(view.waitReason()),
                forBrowser);
    }
}
