package io.gleaner.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gleaner.job.Job;
import io.gleaner.store.Jobs;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The jobs a worker has met lately. A job's specification never changes, so nothing is invalidated.
 */
final class JobContexts {

    private static final int JOBS_MAX = 2_000;

    private final Jobs jobs;
    private final Cache<UUID, JobContext> cache =
            Caffeine.newBuilder().maximumSize(JOBS_MAX).build();

    JobContexts(Jobs jobs) {
        this.jobs = jobs;
    }

    /** The job's context, or null when the job is gone. */
    @Nullable JobContext of(UUID job) {
        JobContext known = cache.getIfPresent(job);
        if (known != null) {
            return known;
        }
        // Read outside the cache's lock: a virtual thread must not hold it during I/O.
        JobContext read = jobs.find(job).map(Job::spec).map(JobContext::of).orElse(null);
        if (read != null) {
            cache.put(job, read);
        }
        return read;
    }
}
