package io.gleaner.api.submit;

import io.gleaner.api.jobs.JobLists;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.cache.Signals;
import io.gleaner.job.Job;
import io.gleaner.job.Tenant;
import io.gleaner.store.IdempotencyKey;
import io.gleaner.store.Submissions;
import io.gleaner.store.SubmitOutcome;
import io.gleaner.store.SubmitOutcome.Accepted;
import io.gleaner.store.SubmitOutcome.BacklogFull;
import io.gleaner.store.SubmitOutcome.Conflict;
import io.gleaner.store.SubmitOutcome.Duplicate;
import io.gleaner.store.SubmitOutcome.InProgress;
import io.gleaner.store.SubmitOutcome.Overloaded;
import io.gleaner.telemetry.LogContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stores a submission and, once it is durable, wakes a worker. */
public final class Submitter {

    private final Submissions submissions;
    private final Signals signals;
    private final JobLists lists;

    public Submitter(ApiParts parts, JobLists lists) {
        this.submissions = parts.submissions();
        this.signals = parts.signals();
        this.lists = lists;
    }

    SubmitOutcome submit(Tenant tenant, Submission submission, @Nullable IdempotencyKey key) {
        SubmitOutcome outcome =
                submissions.submit(tenant, submission.spec(), submission.seeds(), key);
        if (outcome instanceof Accepted(Job job)) {
            LogContext.addJob(job.id());
            lists.changed();
            signals.workAdded();
        }
        return outcome;
    }

    /**
     * Submits what is either stored or refused.
     *
     * @throws ProblemException when nothing was stored
     */
    public Job stored(Tenant tenant, Submission submission, @Nullable IdempotencyKey key) {
        return switch (submit(tenant, submission, key)) {
            case Accepted(Job job) -> job;
            case Duplicate(Job job) -> job;
            case Conflict(Job job) -> throw SubmitHandler.conflict(job);
            case InProgress(Duration retryAfter) -> throw SubmitHandler.inProgress(retryAfter);
            case BacklogFull full -> throw SubmitHandler.backlogFull(full);
            case Overloaded(Duration retryAfter) -> throw SubmitHandler.overloaded(retryAfter);
        };
    }
}
