package io.gleaner.api.jobs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.HostInsight;
import io.gleaner.api.wire.Json;
import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Loader;
import io.gleaner.cache.Signals;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.job.Tenant;
import io.gleaner.store.HostStatus;
import io.gleaner.store.Jobs;
import io.gleaner.store.Jobs.JobHost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that were asked for lately, each as of its last signalled change. An ended job changes
 * no more, so it is in both levels of the cache. That of a running one is good in this process
 * while no change of it was signalled since before it was read, and for {@link #FRESH} at most: so
 * a change by this process shows at once, and one whose signal got lost shows a moment later. Kept
 * ready to be sent: writing the JSON costs more than finding it.
 */
public final class JobStatuses {

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
    private final Cache<JobRef, Running> running;

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

    public JobStatuses(ApiConfig config, ApiParts parts) {
        this.jobs = parts.jobs();
        this.signals = parts.signals();
        this.insight = parts.insight();
        this.clock = parts.clock();
        MeterRegistry metrics = parts.telemetry().registry();
        this.hits =
                Counter.builder("gleaner.cache.requests")
                        .description("Requests by the level that answered, and how")
                        .tags("cache", "job", "level", "l1", "outcome", "hit")
                        .register(metrics);
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
                        .weigher((JobRef ref, Running entry) -> entry.answer().weight())
                        .expireAfterWrite(FRESH)
                        .build();
    }

    /** The job and why it waits, or empty when its tenant has none with this id. */
    Optional<JobAnswer> find(JobRef ref) throws InterruptedException {
        long version = signals.jobVersion(ref.id());
        Running known = running.getIfPresent(ref);
        if (known != null && known.isGood(version)) {
            hits.increment();
            return Optional.of(known.answer());
        }
        var look = new Look(ref, version);
        Optional<JobAnswer> found = ended.get(key(ref), look);
        if (found.isPresent() || look.isDone()) {
            return found.or(look::running);
        }
        // Somebody else looked and found no ended job, perhaps before a change that this caller
        // knows of.
        known = running.getIfPresent(ref);
        return known != null && known.isGood(version)
                ? Optional.of(known.answer())
                : read(ref).map(Versioned::value);
    }

    /** The main tenant's is as releases name it that know of no other. */
    private static String key(JobRef ref) {
        String id = ref.id().toString();
        return ref.tenant().equals(Tenant.MAIN) ? id : ref.tenant().id() + "/" + id;
    }

    /** Looks in the database. What has not ended is for this process alone. */
    private final class Look implements Loader<JobAnswer> {
        private final JobRef ref;
        private final long version;
        private boolean done;
        private @Nullable JobAnswer running;

        Look(JobRef ref, long version) {
            this.ref = ref;
            this.version = version;
        }

        @Override
        public Optional<Versioned<JobAnswer>> load(String key) {
            long now = System.nanoTime();
            Optional<Versioned<JobAnswer>> read = read(ref);
            done = true;
            if (read.isEmpty() || read.get().value().isFinal()) {
                return read;
            }
            running = read.get().value();
            JobStatuses.this.running.put(ref, new Running(running, version, now));
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
    private Optional<Versioned<JobAnswer>> read(JobRef ref) {
        return jobs.find(ref).map(job -> new Versioned<>(0, answer(job)));
    }

    private JobAnswer answer(Job job) {
        List<JobHost> hosts = job.state().isFinal() ? List.of() : jobs.hosts(job.id(), HOSTS_MAX);
        Instant now = clock.instant();
        JobView view = JobView.of(job, waiting(hosts, now), now);
        return new JobAnswer(job.state(), JobView.etag(job), Json.bytes(view));
    }

    private List<JobView.Waiting> waiting(List<JobHost> hosts, Instant now) {
        return hosts.stream()
                .flatMap(host -> waiting(host, now).stream())
                .limit(WAITING_MAX)
                .toList();
    }

    private Optional<JobView.Waiting> waiting(JobHost its, Instant now) {
        HostStatus host = its.host();
        return Wait.of(host, insight.of(host.name()).orElse(null), now)
                .map(wait -> JobView.Waiting.of(host.name(), its.tasks(), wait));
    }
}
