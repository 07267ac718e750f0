package io.gleaner.store;

import io.gleaner.job.Candidate;
import io.gleaner.job.Task;
import java.util.UUID;

/**
 * A task on its way into its host queue.
 *
 * @param rank position in its own job: 0, 1, 2 ... in the order the job met its URLs, retries at
 *     the tail
 */
record NewTask(
        UUID job,
        String host,
        int priority,
        long rank,
        String url,
        int depth,
        int attempt,
        int rescues) {

    static NewTask first(UUID job, int priority, long rank, Candidate candidate) {
        return new NewTask(
                job, candidate.host(), priority, rank, candidate.url(), candidate.depth(), 1, 0);
    }

    static NewTask again(
            Task task, String host, int priority, long rank, int attempt, int rescues) {
        return new NewTask(
                task.jobId(), host, priority, rank, task.url(), task.depth(), attempt, rescues);
    }
}
