package io.gleaner.api;

import io.gleaner.cache.Signals;
import io.gleaner.store.IdempotencyKey;
import io.gleaner.store.Jobs;
import io.gleaner.store.SubmitOutcome;
import io.gleaner.store.SubmitOutcome.Accepted;
import org.jspecify.annotations.Nullable;

/** Stores a submission and, once it is durable, wakes a worker. */
final class Submitter {

    private final Jobs jobs;
    private final Signals signals;

    Submitter(ApiParts parts) {
        this.jobs = parts.jobs();
        this.signals = parts.signals();
    }

    SubmitOutcome submit(Submission submission, @Nullable IdempotencyKey key) {
        SubmitOutcome outcome = jobs.submit(submission.spec(), submission.seeds(), key);
        if (outcome instanceof Accepted) {
            signals.workAdded();
        }
        return outcome;
    }
}
