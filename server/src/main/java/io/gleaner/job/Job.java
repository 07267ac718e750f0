package io.gleaner.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A submission and how far it is. While it runs, {@code total = pending + done}.
 *
 * @param id UUIDv7 (RFC 9562), so ids sort by creation time
 * @param tenant whose it is
 * @param total tasks so far; grows while a crawl discovers pages
 * @param pending tasks not yet concluded; 0 once the job is final
 * @param done concluded tasks, pages and faults; also the highest {@code seq} of its pages
 * @param failed concluded tasks that came to a fault; part of {@code done}
 * @param fromCache pages that were not fetched for this job, or said to be unchanged; part of
 *     {@code done}
 * @param rendered pages that a browser showed; part of {@code done}
 */
public record Job(
        UUID id,
        Tenant tenant,
        JobState state,
        JobSpec spec,
        long total,
        long pending,
        long done,
        long failed,
        long fromCache,
        long rendered,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** The same job with another specification. */
    public Job withSpec(JobSpec other) {
        return new Job(
                id,
                tenant,
                state,
                other,
                total,
                pending,
                done,
                failed,
                fromCache,
                rendered,
                createdAt,
                finishedAt);
    }
}
