package io.gleaner.store;

import io.gleaner.job.Candidate;
import io.gleaner.job.Task;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way into its host queue.
 *
 * @param rank position in its own job: 0, 1, 2 ... in the order the job met its URLs, retries at
 *     the tail
 * @param renderWhy as in {@link Task}
 */
record NewTask(
        UUID job,
        String host,
        int priority,
        long rank,
        String url,
        int depth,
        int attempt,
        int rescues,
        int refusals,
        @Nullable String renderWhy) {

    /** Others of the job that go first when the host has said "later" to this one. */
    static final int DEFERRED_BEHIND = 1_000;

    static NewTask first(UUID job, int priority, long rank, Candidate candidate) {
        return new NewTask(
                job,
                candidate.host(),
                priority,
                rank,
                candidate.url(),
                candidate.depth(),
                1,
                0,
                0,
                null);
    }

    /** The task once more, at the tail of its queue. */
    static NewTask again(Verdict verdict, JobLedger job) {
        Task task = verdict.task();
        int attempt = task.attempt();
        int rescues = task.rescues();
        int refusals = task.refusals();
        String renderWhy = task.renderWhy();
        long rank = job.requeueTask();
        switch (verdict) {
            case Verdict.Retried retried -> attempt++;
            case Verdict.Rescued rescued -> rescues++;
            case Verdict.Deferred deferred -> {
                refusals += deferred.counted() ? 1 : 0;
                rank += DEFERRED_BEHIND;
            }
            case Verdict.ForBrowser needing -> renderWhy = needing.why();
            case Verdict.Dropped dropped -> {} // Its job runs after all.
            case Verdict.Concluded concluded ->
                    throw new IllegalArgumentException("a concluded task has no next try");
        }
        return new NewTask(
                task.jobId(),
                verdict.host(),
                job.priority,
                rank,
                task.url(),
                task.depth(),
                attempt,
                rescues,
                refusals,
                renderWhy);
    }
}
