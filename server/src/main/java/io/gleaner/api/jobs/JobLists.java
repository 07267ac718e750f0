package io.gleaner.api.jobs;

import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.Json;
import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import io.gleaner.job.Job;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import io.gleaner.store.JobFilter;
import io.gleaner.store.Jobs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lists of jobs that many ask for at once, ready to be sent. Counters and jobs of other processes
 * are up to {@link #FRESH} old; what was submitted or cancelled here shows at once.
 */
public final class JobLists {

    static final Duration FRESH = Duration.ofMillis(250);

    private static final long BYTES_MAX = 8 << 20;

    private final Jobs jobs;
    private final InstantSource clock;
    private final AtomicLong changes = new AtomicLong();
    private final TwoLevelCache<byte[]> lists;

    public JobLists(ApiParts parts) {
        this.jobs = parts.jobs();
        this.clock = parts.clock();
        this.lists =
                parts.caches().open(CacheSpec.local("jobs", BYTES_MAX, list -> list.length, FRESH));
    }

    /** To be called after the commit of a submission or a cancellation. */
    public void changed() {
        changes.incrementAndGet();
    }

    /**
     * A {@link JobList} of a tenant's jobs, as JSON.
     *
     * @param before the job after which the list begins, or null for the newest
     */
    byte[] find(Tenant tenant, @Nullable JobState state, @Nullable UUID before, int limit)
            throws InterruptedException {
        String key = "%d %d %s %s %d".formatted(tenant.id(), changes.get(), state, before, limit);
        return lists.get(
                        key,
                        name -> Optional.of(new Versioned<>(0, read(tenant, state, before, limit))))
                .orElseThrow();
    }

    /** As {@link #find}, of what a filter lets through and as it is now. */
    byte[] search(
            Tenant tenant, JobFilter filter, @Nullable UUID cursor, int limit, boolean counted) {
        Integer count = counted ? jobs.count(tenant, filter) : null;
        return list(jobs.search(tenant, filter, cursor, limit), count, limit);
    }

    private byte[] read(Tenant tenant, @Nullable JobState state, @Nullable UUID before, int limit) {
        return list(jobs.list(tenant, state, before, limit), null, limit);
    }

    private byte[] list(List<Job> found, @Nullable Integer count, int limit) {
        UUID next = found.size() < limit ? null : found.getLast().id();
        var now = clock.instant();
        var views = found.stream().map(job -> JobView.of(job, List.of(), now)).toList();
        return Json.bytes(new JobList(views, count, next));
    }
}
