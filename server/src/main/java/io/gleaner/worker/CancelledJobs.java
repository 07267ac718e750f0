package io.gleaner.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gleaner.store.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that were cancelled lately: nothing more is asked of a host for them, though their tasks
 * are in hand.
 *
 * <p>Read from the database again and again, because a message of another process may get lost. Of
 * more than {@link #JOBS_MAX} at a time the oldest are forgotten: their tasks in hand are fetched
 * in vain.
 */
final class CancelledJobs {

    /** Between two looks: a cancelled job makes no request after twice as long. */
    static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final int JOBS_MAX = 100_000;

    /** A cancellation is dated by its transaction's beginning and seen after its end. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    /** Longer than a task stays in hand. */
    private static final Duration REMEMBERED = Duration.ofHours(2);

    private final Jobs jobs;
    private final Cache<UUID, Boolean> cancelled =
            Caffeine.newBuilder().maximumSize(JOBS_MAX).expireAfterWrite(REMEMBERED).build();
    private @Nullable Instant lookedAt;

    CancelledJobs(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Reads what has been cancelled since the last look that succeeded. */
    void look() {
        Jobs.Cancelled since =
                lookedAt == null
                        ? jobs.cancelledSince(Instant.EPOCH, 0)
                        : jobs.cancelledSince(lookedAt.minus(OVERLAP), JOBS_MAX);
        since.ids().forEach(job -> cancelled.put(job, true));
        lookedAt = since.at();
    }

    /** How many are remembered. */
    long count() {
        cancelled.cleanUp();
        return cancelled.estimatedSize();
    }

    boolean contains(UUID job) {
        return cancelled.getIfPresent(job) != null;
    }
}
