package io.gleaner.store;

import io.gleaner.job.Candidate;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Tenant;
import io.gleaner.job.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that is begun again and again.
 *
 * @param name unique among those of its tenant
 * @param jitter how much later than it is due a run begins at most
 * @param recrawl whether each run crawls again what the last one that was completed did
 * @param seeds the URLs that a run begins with
 * @param dueAt the next time
 * @param startAt when that run begins; null while the schedule is paused
 * @param lastJob the job of the last run, or null before the first
 * @param lastCompleted the last job that was completed, as far as that is known, or null
 */
public record Schedule(
        UUID id,
        Tenant tenant,
        String name,
        Timing timing,
        Duration jitter,
        boolean recrawl,
        JobSpec spec,
        List<Candidate> seeds,
        Instant dueAt,
        @Nullable Instant startAt,
        @Nullable UUID lastJob,
        @Nullable UUID lastCompleted,
        Instant createdAt) {

    public static final int SEEDS_MAX = 1_000;
    public static final int NAME_CHARS_MAX = 100;

    public Schedule {
        seeds = List.copyOf(seeds);
    }
}
