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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The jobs that were asked for lately, each as of its last signalled change. An ended job changes
 * no more. That of a running one is good while no change of it was signalled since before it was
 * read, and for {@link #FRESH} at most: so a change by this process shows at once, and one whose
 * signal got lost shows a moment later. Kept ready to be sent: writing the JSON costs more than
 * finding it.
 */
final class JobStatuses {

    static final Duration FRESH = Duration.ofMillis(250);

    /** An ended job that retention dropped may still be shown for this long. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final long BYTES_MAX = 48 << 20;
    private static final int HOSTS_MAX = 100;
    private static final int WAITING_MAX = 10;

    private final Jobs jobs;
    private final Signals signals;
    private final HostInsight insight;
    private final InstantSource clock;
    private final Counter hits;
    private final Counter misses;
    private final Cache<UUID, Entry> entries =
            Caffeine.newBuilder()
                    .maximumWeight(BYTES_MAX)
                    .weigher((UUID id, Entry entry) -> entry.answer().weight())
                    .expireAfterWrite(KEPT)
                    .build();

    private record Entry(JobAnswer answer, long version, long readAtNanos) {}

    JobStatuses(ApiParts parts) {
        this.jobs = parts.jobs();
        this.signals = parts.signals();
        this.insight = parts.insight();
        this.clock = parts.clock();
        MeterRegistry metrics = parts.telemetry().registry();
        this.hits =
                metrics.counter(
                        "gleaner.cache.requests", "cache", "job", "level", "l1", "outcome", "hit");
        this.misses =
                metrics.counter(
                        "gleaner.cache.requests", "cache", "job", "level", "l1", "outcome", "miss");
    }

    /** The job and why it waits, or empty when there is none with this id. */
    Optional<JobAnswer> find(UUID id) {
        long version = signals.jobVersion(id);
        Entry known = entries.getIfPresent(id);
        if (known != null && isGood(known, version)) {
            hits.increment();
            return Optional.of(known.answer());
        }
        misses.increment();
        long now = System.nanoTime();
        Optional<JobAnswer> read = jobs.find(id).map(this::answer);
        read.ifPresent(answer -> entries.put(id, new Entry(answer, version, now)));
        return read;
    }

    private static boolean isGood(Entry entry, long version) {
        return entry.answer().isFinal()
                || (entry.version() == version
                        && System.nanoTime() - entry.readAtNanos() < FRESH.toNanos());
    }

    private JobAnswer answer(Job job) {
        List<HostStatus> hosts =
                job.state().isFinal() ? List.of() : jobs.hosts(job.id(), HOSTS_MAX);
        Instant now = clock.instant();
        JobView view = JobView.of(job, waiting(hosts, now), now);
        return new JobAnswer(job, JobView.etag(job), Json.bytes(view));
    }

    private List<JobView.Waiting> waiting(List<HostStatus> hosts, Instant now) {
        return hosts.stream()
                .flatMap(host -> waiting(host, now).stream())
                .limit(WAITING_MAX)
                .toList();
    }

    private Optional<JobView.Waiting> waiting(HostStatus host, Instant now) {
        return Wait.of(host, insight.of(host.name()).orElse(null), now)
                .map(wait -> JobView.Waiting.of(host, wait));
    }
}
