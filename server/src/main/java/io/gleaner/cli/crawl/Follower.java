package io.gleaner.cli.crawl;

import io.gleaner.cache.Signals;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.StopSignals;
import io.gleaner.cli.folder.CrawlFolder;
import io.gleaner.job.Job;
import io.gleaner.store.HostStatus;
import io.gleaner.store.Jobs;
import io.gleaner.store.PageFilter;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredPage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Follows a job to its end and writes every page into the folder as it comes. */
final class Follower {

    /** Also how often the progress moves while no page comes. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private static final Duration QUIET_BEFORE_ASKING_WHY = Duration.ofSeconds(3);
    private static final int BATCH_MAX = 200;
    private static final long BATCH_BYTES = 16L << 20;

    private final Jobs jobs;
    private final Pages pages;
    private final Signals signals;
    private final InstantSource clock;
    private int batchSize = BATCH_MAX;
    private Instant lastPage;

    Follower(Jobs jobs, Pages pages, Signals signals, InstantSource clock) {
        this.jobs = jobs;
        this.pages = pages;
        this.signals = signals;
        this.clock = clock;
        this.lastPage = clock.instant();
    }

    /** Returns the job as it was last seen: final, unless {@code stop} asked to leave it. */
    Job follow(UUID id, CrawlFolder folder, Progress progress, StopSignals stop)
            throws InterruptedException {
        while (true) {
            // In this order: a final job has all its pages, and a signal after the look wakes us.
            long seen = signals.jobVersion(id);
            Job job = jobs.find(id).orElseThrow(() -> Follower.gone(id));
            List<StoredPage> batch = pages.read(id, folder.lastSeq(), batchSize, PageFilter.ALL);
            if (!batch.isEmpty()) {
                write(batch, folder);
            }
            progress.show(job, waiting(job));
            if (stop.requested() || (batch.isEmpty() && job.state().isFinal())) {
                return job;
            }
            if (batch.isEmpty()) {
                signals.awaitJob(id, seen, LOOK_AGAIN);
            }
        }
    }

    // Pages differ in size by a factor of thousands, so the batch is measured in bytes afterwards.
    private void write(List<StoredPage> batch, CrawlFolder folder) {
        long before = folder.state().bytes();
        folder.write(batch);
        lastPage = clock.instant();
        long perPage = Math.max(1, (folder.state().bytes() - before) / batch.size());
        batchSize = Math.clamp(BATCH_BYTES / perPage, 1, BATCH_MAX);
    }

    private String waiting(Job job) {
        boolean quiet =
                Duration.between(lastPage, clock.instant()).compareTo(QUIET_BEFORE_ASKING_WHY) > 0;
        if (!quiet || job.state().isFinal()) {
            return "";
        }
        return jobs.hosts(job.id(), 1).stream().findFirst().map(Follower::reason).orElse("");
    }

    private static String reason(Jobs.JobHost its) {
        HostStatus host = its.host();
        return host.waitReason() == null
                ? "waiting for " + host.name()
                : "waiting for %s: %s".formatted(host.name(), host.waitReason());
    }

    private static CommandFailure gone(UUID id) {
        return CommandFailure.unavailable("job %s is no longer in the database".formatted(id));
    }
}
