package io.gleaner.store;

import io.gleaner.job.Candidate;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A submission on its way into the database. Its id is chosen before the transaction, so that a
 * repetition after a lost connection finds what the first try may have stored.
 *
 * @param specJson the spec as it is stored
 */
record NewJob(
        UUID id,
        JobSpec spec,
        String specJson,
        SeedSource seeds,
        @Nullable IdempotencyKey idempotency) {

    /** Most tasks it may ever hold. */
    long pageLimit() {
        CrawlSpec crawl = spec.crawl();
        return crawl == null ? seeds.count() : crawl.limit();
    }

    boolean isCrawl() {
        return spec.crawl() != null;
    }

    /**
     * @param rank position of the seed among the seeds
     */
    NewTask task(long rank, Candidate seed) {
        return NewTask.first(id, spec.priority(), rank, seed);
    }

    /** The job as it is once stored. */
    Job stored(Instant createdAt) {
        long n = seeds.count();
        return new Job(id, JobState.RUNNING, spec, n, n, 0, 0, 0, createdAt, null);
    }
}
