package io.gleaner.worker;

import io.gleaner.budget.Hold;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Task;
import io.gleaner.objects.ObjectsException;
import io.gleaner.politeness.HostPace;
import io.gleaner.store.Lease;
import io.gleaner.store.Verdict;
import io.gleaner.worker.TaskResult.Decided;
import io.gleaner.worker.TaskResult.NeedsBrowser;
import io.gleaner.worker.TaskResult.NoAnswer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what the results of one host run mean for their tasks and for the host, and has the
 * verdicts settled.
 */
final class Judge {

    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    private final Lease lease;
    private final WorkerParts parts;
    private final HostHealth health;
    private final HostPace pace;
    private volatile boolean patience;

    Judge(Lease lease, HostHealth health, HostPace pace, WorkerParts parts) {
        this.lease = lease;
        this.health = health;
        this.pace = pace;
        this.parts = parts;
    }

    /** Whether the host asked for patience: nothing more is to begin. */
    boolean hostAsksForPatience() {
        return patience;
    }

    /** Its job has ended. */
    void drop(Held held) throws InterruptedException {
        settle(held, new Verdict.Dropped(held.task(), lease));
    }

    /** Its job is stored in a way that this version cannot run. */
    void unusable(Held held) throws InterruptedException {
        settle(
                held,
                Verdicts.fault(
                        held.task(),
                        lease,
                        FaultCode.INTERNAL_ERROR,
                        "the job cannot be run as it is stored",
                        null,
                        parts.clock().instant()));
    }

    void conclude(Held held, TaskResult result) throws InterruptedException {
        switch (result) {
            case Decided(var verdict, var hostAnswered) -> {
                if (hostAnswered) {
                    health.answered(parts.clock().instant());
                }
                LOG.debug("the task has come to: {}", WorkerMetrics.word(verdict));
                settle(held, verdict);
            }
            case NeedsBrowser(var why) -> {
                LOG.debug("it needs a browser: {}", why);
                settle(held, new Verdict.ForBrowser(held.task(), lease, why));
            }
            case NoAnswer answer -> {
                LOG.debug("no answer this time: {}, {}", answer.code(), answer.detail());
                afterNoAnswer(held, answer);
            }
        }
    }

    private void afterNoAnswer(Held held, NoAnswer answer) throws InterruptedException {
        Task task = held.task();
        boolean dueToUrl = false;
        if (answer.toThisUrl()) {
            boolean wasAnswering = health.failingSince() == null;
            dueToUrl = health.refused(answer, parts.clock().instant());
            if (dueToUrl && (wasAnswering || task.refusals() > 0)) {
                pace.refusedOneUrl();
            }
        } else {
            health.failed(answer, parts.clock().instant());
        }
        if (health.verdictOnAll() != null) {
            LOG.info("{} has failed for too long: its queue comes to faults", lease.host());
            patience = false;
            settle(held, fault(task, answer));
            return;
        }
        if (answer.code() == FaultCode.INTERNAL_ERROR) {
            health.metBug(parts.clock().instant());
            patience = true;
        }
        patience |= answer.throttled() || answer.until() != null;
        Verdict next = nextTry(task, answer, dueToUrl);
        if (next != null) {
            settle(held, next);
        }
    }

    /** Null when the task stays where it is. */
    private @Nullable Verdict nextTry(Task task, NoAnswer answer, boolean dueToUrl) {
        if (answer.toThisUrl()) {
            return dueToUrl && task.refusals() + 1 >= parts.config().refusalsMax()
                    ? fault(task, answer)
                    : new Verdict.Deferred(task, lease, dueToUrl);
        }
        if (answer.throttled()) {
            return null;
        }
        return task.attempt() < parts.config().attemptsMax()
                ? new Verdict.Retried(task, lease)
                : fault(task, answer);
    }

    /** Comes to the fault that has used up our patience with the host. */
    void giveUp(Held held, NoAnswer answer) throws InterruptedException {
        settle(held, fault(held.task(), answer));
    }

    /** Waits while too much waits for its commit already. */
    private void settle(Held held, Verdict verdict) throws InterruptedException {
        Hold hold = parts.pages().hold();
        try {
            hold.awaitAtLeast(PageSize.bytes(verdict));
            Verdict light = withoutBodies(verdict);
            Held waiting = held.passOn();
            try {
                parts.settler()
                        .add(
                                light,
                                () -> {
                                    hold.close();
                                    waiting.close();
                                });
            } catch (RuntimeException | Error e) {
                waiting.close();
                throw e;
            }
        } catch (RuntimeException | Error | InterruptedException e) {
            hold.close();
            throw e;
        }
    }

    /** Its bodies are kept before it is settled; that waits while their store is away. */
    private Verdict withoutBodies(Verdict verdict) throws InterruptedException {
        if (!(verdict instanceof Verdict.Concluded concluded)) {
            return verdict;
        }
        try {
            return concluded.with(
                    parts.bodies().deposit(concluded.task().jobId(), concluded.page()));
        } catch (ObjectsException e) {
            LOG.error("the bodies of {} cannot be kept", concluded.task().url(), e);
            return Verdicts.unstorable(verdict, e, parts.clock().instant());
        }
    }

    private Verdict fault(Task task, NoAnswer answer) {
        return Verdicts.fault(
                task,
                lease,
                answer.code(),
                answer.detail(),
                answer.status(),
                parts.clock().instant());
    }
}
