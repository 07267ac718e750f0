package io.gleaner.store;

import io.gleaner.job.Candidate;
import io.gleaner.job.Job;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Submissions and their states. Every public method is one transaction. */
@SuppressWarnings("DoNotCallSuggester")
public final class Jobs {

    /** Stores a job and its tasks. URLs with the same key are one task. */
    public SubmitOutcome submit(
            JobSpec spec, Iterable<Candidate> seeds, @Nullable IdempotencyKey idempotencyKey) {
        throw new IllegalStateException("skeleton");
    }

    public Optional<Job> find(UUID id) {
        throw new IllegalStateException("skeleton");
    }

    /**
     * Newest first.
     *
     * @param state only jobs in this state, or null for all
     * @param before only jobs with a smaller id, or null to start
     */
    public List<Job> list(@Nullable JobState state, @Nullable UUID before, int limit) {
        throw new IllegalStateException("skeleton");
    }

    /** Ends a running job; its queued tasks are skipped when met. A final job stays as it is. */
    public Optional<Job> cancel(UUID id) {
        throw new IllegalStateException("skeleton");
    }

    /**
     * The hosts that this job has tasks on and that may not be visited now, at most {@code limit}.
     */
    public List<HostStatus> waitingHosts(UUID id, int limit) {
        throw new IllegalStateException("skeleton");
    }
}
