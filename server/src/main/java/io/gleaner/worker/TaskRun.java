package io.gleaner.worker;

import io.gleaner.budget.Hold;
import io.gleaner.fetch.way.Way;
import io.gleaner.job.Task;
import io.gleaner.politeness.HostPace;
import io.gleaner.store.Lease;
import java.util.Optional;

/** One task on its way to a result. Whatever is thrown on the way becomes a result, too. */
final class TaskRun {

    private final TaskRunner runner;
    private final Task task;
    private final JobContext job;
    private final Lease lease;
    private final HostPace pace;

    private interface Step<T> {
        T run() throws InterruptedException;
    }

    private interface Otherwise<T> {
        T of(TaskResult bug);
    }

    TaskRun(TaskRunner runner, Task task, JobContext job, Lease lease, HostPace pace) {
        this.runner = runner;
        this.task = task;
        this.job = job;
        this.lease = lease;
        this.pace = pace;
    }

    /** Whether its job still wants it. */
    boolean wanted() {
        return job.wanted().getAsBoolean();
    }

    /** What it comes to without a fetch: it is forbidden, or known from before. Else empty. */
    Optional<TaskResult> beforeTurn(Hold hold) throws InterruptedException {
        return guarded(
                () -> {
                    Optional<TaskResult> denied = runner.permission(task, job, lease, pace);
                    return denied.isPresent() ? denied : runner.cached(task, job, lease, hold);
                },
                Optional::of);
    }

    /** Fetches it in its turn, gives turn and fetch back, and reads what came. */
    TaskResult inTurn(Begun begun, Hold hold) throws InterruptedException {
        return guarded(() -> runner.run(task, job, lease, begun, hold), bug -> bug);
    }

    private <T> T guarded(Step<T> step, Otherwise<T> otherwise) throws InterruptedException {
        try {
            return Way.of(job.spec().fetch().manners(), step::run);
        } catch (RuntimeException | Error e) {
            if (Thread.interrupted()) { // Stopping: what broke off is no fault of the page.
                throw new InterruptedException(e.toString());
            }
            return otherwise.of(runner.bug(task, lease, e));
        }
    }
}
