package io.gleaner.store;

import io.gleaner.job.JobKind;
import io.gleaner.job.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of a tenant's jobs to list, and in what order. What is null is not asked.
 *
 * @param name a part of the name, in any case
 * @param from submitted at this time or later
 * @param until submitted before this time
 */
public record JobFilter(
        @Nullable JobState state,
        @Nullable JobKind kind,
        @Nullable String name,
        @Nullable String tag,
        @Nullable Instant from,
        @Nullable Instant until,
        boolean oldestFirst) {

    public static JobFilter of(@Nullable JobState state) {
        return new JobFilter(state, null, null, null, null, null, false);
    }

    /** Whether the index by state answers it. */
    boolean isOfState() {
        return equals(of(state));
    }
}
