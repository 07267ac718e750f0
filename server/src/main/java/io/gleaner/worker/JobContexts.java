package io.gleaner.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gleaner.job.Job;
import io.gleaner.job.Task;
import io.gleaner.job.manners.Manners;
import io.gleaner.politeness.JobPace;
import io.gleaner.store.Jobs;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The jobs a worker has met lately. A job's specification changes once at most: when a crawl's
 * start page leads to another host.
 */
final class JobContexts {

    private static final int JOBS_MAX = 2_000;

    private final Jobs jobs;
    private final InstantSource clock;

    /** They outlive a context that is read again. */
    private final Cache<UUID, JobPace> paces = Caffeine.newBuilder().maximumSize(JOBS_MAX).build();

    private final CancelledJobs cancelled;
    private final Cache<UUID, JobContext> cache =
            Caffeine.newBuilder().maximumSize(JOBS_MAX).build();
    private final ConcurrentMap<UUID, CompletableFuture<Optional<JobContext>>> reading =
            new ConcurrentHashMap<>();

    JobContexts(Jobs jobs, CancelledJobs cancelled, InstantSource clock) {
        this.clock = clock;
        this.jobs = jobs;
        this.cancelled = cancelled;
    }

    /** The context of the task's job, or null when the job is gone. */
    @Nullable JobContext of(Task task) throws InterruptedException {
        JobContext context = of(task.jobId());
        if (context == null || context.frontier() == null) {
            return context;
        }
        if (task.depth() > 0 && context.frontier().isOutside(task.url())) {
            cache.invalidate(task.jobId()); // The crawl has been given more starts meanwhile.
            return of(task.jobId());
        }
        if (task.depth() == 0) {
            cache.invalidate(task.jobId()); // The start page may lead the crawl elsewhere.
        }
        return context;
    }

    /**
     * Many host queues meet a new job at the same moment: one reads it, the others wait for that.
     */
    @Nullable JobContext of(UUID job) throws InterruptedException {
        JobContext known = cache.getIfPresent(job);
        if (known != null) {
            return known;
        }
        var mine = new CompletableFuture<Optional<JobContext>>();
        var first = reading.putIfAbsent(job, mine);
        return (first == null ? read(job, mine) : outcome(first)).orElse(null);
    }

    /** Whether nothing more is to be asked of a host for this job. */
    boolean cancelled(UUID job) {
        return cancelled.contains(job);
    }

    // Outside the cache's lock: a virtual thread must not hold it during I/O.
    private Optional<JobContext> read(UUID job, CompletableFuture<Optional<JobContext>> mine) {
        try {
            // Another may have read it between the look at the cache and this turn.
            Optional<JobContext> read =
                    Optional.ofNullable(cache.getIfPresent(job))
                            .or(() -> jobs.findWithSecrets(job).map(this::context));
            read.ifPresent(context -> cache.put(job, context));
            mine.complete(read);
            return read;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            reading.remove(job, mine);
        }
    }

    private JobContext context(Job job) {
        Manners manners = job.spec().fetch().manners();
        return JobContext.of(
                job.tenant(),
                job.spec(),
                () -> !cancelled.contains(job.id()),
                paces.get(
                        job.id(),
                        _ -> new JobPace(manners.maxConcurrency(), manners.delay(), clock)));
    }

    private static Optional<JobContext> outcome(CompletableFuture<Optional<JobContext>> first)
            throws InterruptedException {
        try {
            return first.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("the job could not be read", e);
        }
    }
}
