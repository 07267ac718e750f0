package io.gleaner.api.jobs;

import io.gleaner.api.guard.Drain;
import io.gleaner.cache.Signals;
import io.gleaner.job.JobRef;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Waits for a job to come to some state: woken by signals, and looking by itself every second. */
public final class JobWatch {

    /** A signal may be lost, or come from another process that shares only the store. */
    public static final Duration POLL = Duration.ofSeconds(1);

    private final JobStatuses statuses;
    private final Signals signals;
    private final Drain drain;

    public JobWatch(JobStatuses statuses, Signals signals, Drain drain) {
        this.statuses = statuses;
        this.signals = signals;
        this.drain = drain;
    }

    /** The job once it is as wanted, or as it is when the time is over or the server closes. */
    public Optional<JobAnswer> await(JobRef ref, Predicate<JobAnswer> wanted, Duration max)
            throws InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        while (true) {
            long seen = signals.jobVersion(ref.id());
            Optional<JobAnswer> job = statuses.find(ref);
            long left = deadline - System.nanoTime();
            if (job.isEmpty() || wanted.test(job.get()) || left <= 0 || drain.closing()) {
                return job;
            }
            signals.awaitJob(ref.id(), seen, Duration.ofNanos(Math.min(left, POLL.toNanos())));
        }
    }
}
