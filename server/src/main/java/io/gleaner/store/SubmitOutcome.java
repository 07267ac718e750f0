package io.gleaner.store;

import io.gleaner.job.Job;
import java.time.Duration;

/** What came of a submission. */
public sealed interface SubmitOutcome {
    /** Stored durably; its tasks are in their host queues. */
    record Accepted(Job job) implements SubmitOutcome {}

    /** The same idempotency key and the same body were accepted before. */
    record Duplicate(Job job) implements SubmitOutcome {}

    /** The same idempotency key came with another body. */
    record Conflict(Job job) implements SubmitOutcome {}

    /** Another submission with the same idempotency key is being stored; nothing was stored. */
    record InProgress(Duration retryAfter) implements SubmitOutcome {}

    /** Too many tasks are queued already; nothing was stored. */
    record BacklogFull(Duration retryAfter) implements SubmitOutcome {}

    /** Submissions come faster than they can be stored; nothing was stored. */
    record Overloaded(Duration retryAfter) implements SubmitOutcome {}
}
