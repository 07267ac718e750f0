package io.gleaner.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Loader;
import io.gleaner.cache.Signals;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
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
import org.jspecify.annotations.Nullable;

/**
 * The jobs that were asked for lately, each as of its last signalled change. An ended job changes
 * no more, so it is in both levels of the cache. That of a running one is good in this process
 * while no change of it was signalled since before it was read, and for {@link #FRESH} at most: so
 * a change by this process shows at once, and one whose signal got lost shows a moment later. Kept
 * ready to be sent: writing the JSON costs more than finding it.
 */
final class JobStatuses {

    static final Duration FRESH = Duration.ofMillis(250);

    // Together how long an ended job that retention dropped may still be shown.
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration SHARED = Duration.ofMinutes(10);

    private static final long RUNNING_SHARE = 4;
    private static final int HOSTS_MAX = 100;
    private static final int WAITING_MAX = 10;

    private final Jobs jobs;
    private final Signals signals;
    private final HostInsight insight;
    private final InstantSource clock;
    private final Counter hits;
    private final TwoLevelCache<JobAnswer> ended;
    private final Cache<UUID, Running> running;

    /**
     * A running job.
     *
     * @param version of its signals before it was read
     */
    private record Running(JobAnswer answer, long version, long readAtNanos) {
        boolean isGood(long versionNow) {
            return version == versionNow && System.nanoTime() - readAtNanos < FRESH.toNanos();
        }
    }

    JobStatuses(ApiConfig config, ApiParts parts) {
        this.jobs = parts.jobs();
        this.signals = parts.signals();
        this.insight = parts.insight();
        this.clock = parts.clock();
        MeterRegistry metrics = parts.telemetry().registry();
        this.hits =
                metrics.counter(
                        "gleaner.cache.requests", "cache", "job", "level", "l1", "outcome", "hit");
        long runningBytes = config.statusCacheBytes() / RUNNING_SHARE;
        this.ended =
                parts.caches()
                        .open(
                                CacheSpec.<JobAnswer>local(
                                                "job",
                                                config.statusCacheBytes() - runningBytes,
                                                JobAnswer::weight,
                                                KEPT)
                                        .sharedFor(SHARED, JobAnswer.CODEC));
        this.running =
                Caffeine.newBuilder()
                        .maximumWeight(runningBytes)
                        .weigher((UUID id, Running entry) -> entry.answer().weight())
                        .expireAfterWrite(FRESH)
                        .build();
    }

    /** The job and why it waits, or empty when there is none with this id. */
    Optional<JobAnswer> find(UUID id) throws InterruptedException {
        long version = signals.jobVersion(id);
        Running known = running.getIfPresent(id);
        if (known != null && known.isGood(version)) {
            hits.increment();
            return Optional.of(known.answer());
        }
        var look = new Look(id, version);
        Optional<JobAnswer> found = ended.get(id.toString(), look);
        if (found.isPresent() || look.isDone()) {
            return found.or(look::running);
        }
        // Somebody else looked and found no ended job, perhaps before a change that this caller
        // knows of.
        known = running.getIfPresent(id);
        return known != null && known.isGood(version)
                ? Optional.of(known.answer())
                : read(id).map(Versioned::value);
    }

    /** Looks in the database. What has not ended is for this process alone. */
    private final class Look implements Loader<JobAnswer> {
        private final UUID id;
        private final long version;
        private boolean done;
        private @Nullable JobAnswer running;

        Look(UUID id, long version) {
            this.id = id;
            this.version = version;
        }

        @Override
        public Optional<Versioned<JobAnswer>> load(String key) {
            long now = System.nanoTime();
            Optional<Versioned<JobAnswer>> read = read(id);
            done = true;
            if (read.isEmpty() || read.get().value().isFinal()) {
                return read;
            }
            running = read.get().value();
            JobStatuses.this.running.put(id, new Running(running, version, now));
            return Optional.empty();
        }

        /** Whether it was this one that looked. */
        boolean isDone() {
            return done;
        }

        Optional<JobAnswer> running() {
            return Optional.ofNullable(running);
        }
    }

    /** Of one version: only ended ones are kept with it. */
    private Optional<Versioned<JobAnswer>> read(UUID id) {
        return jobs.find(id).map(job -> new Versioned<>(0, answer(job)));
    }

    private JobAnswer answer(Job job) {
        List<HostStatus> hosts =
                job.state().isFinal() ? List.of() : jobs.hosts(job.id(), HOSTS_MAX);
        Instant now = clock.instant();
        JobView view = JobView.of(job, waiting(hosts, now), now);
        return new JobAnswer(job.state(), JobView.etag(job), Json.bytes(view));
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
