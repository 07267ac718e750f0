package io.gleaner.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gleaner.cache.Signals;
import io.gleaner.job.Job;
import io.gleaner.store.HostStatus;
import io.gleaner.store.Jobs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The jobs that were asked for lately, each as of its last signalled change. An ended job changes
 * no more. That of a running one is good while no change of it was signalled since before it was
 * read, and for {@link #FRESH} at most: so a change by this process shows at once, and one whose
 * signal got lost shows a moment later.
 */
final class JobStatuses {

    static final Duration FRESH = Duration.ofMillis(250);

    /** An ended job that retention dropped may still be shown for this long. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final int JOBS_MAX = 50_000;
    private static final int HOSTS_MAX = 100;

    private final Jobs jobs;
    private final Signals signals;
    private final Counter hits;
    private final Counter misses;
    private final Cache<UUID, Entry> entries =
            Caffeine.newBuilder().maximumSize(JOBS_MAX).expireAfterWrite(KEPT).build();

    private record Entry(Snapshot snapshot, long version, long readAtNanos) {}

    /**
     * A job and where its tasks are.
     *
     * @param hosts its hosts, first those that wait; none once it has ended
     */
    record Snapshot(Job job, List<HostStatus> hosts) {}

    JobStatuses(Jobs jobs, Signals signals, MeterRegistry metrics) {
        this.jobs = jobs;
        this.signals = signals;
        this.hits = metrics.counter("gleaner.cache.requests", "cache", "job", "outcome", "hit");
        this.misses = metrics.counter("gleaner.cache.requests", "cache", "job", "outcome", "miss");
    }

    /** The job and its hosts, or empty when there is none with this id. */
    Optional<Snapshot> find(UUID id) {
        long version = signals.jobVersion(id);
        Entry known = entries.getIfPresent(id);
        if (known != null && isGood(known, version)) {
            hits.increment();
            return Optional.of(known.snapshot());
        }
        misses.increment();
        long now = System.nanoTime();
        Optional<Snapshot> read = jobs.find(id).map(this::snapshot);
        read.ifPresent(snapshot -> entries.put(id, new Entry(snapshot, version, now)));
        return read;
    }

    private static boolean isGood(Entry entry, long version) {
        return entry.snapshot().job().state().isFinal()
                || (entry.version() == version
                        && System.nanoTime() - entry.readAtNanos() < FRESH.toNanos());
    }

    private Snapshot snapshot(Job job) {
        return new Snapshot(
                job, job.state().isFinal() ? List.of() : jobs.hosts(job.id(), HOSTS_MAX));
    }
}
