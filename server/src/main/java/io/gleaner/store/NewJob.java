package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.job.Candidate;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import io.gleaner.job.WebhookSpec;
import io.gleaner.seal.Sealer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A submission on its way into the database. Its id is chosen before the transaction, so that a
 * repetition after a lost connection finds what the first try may have stored.
 *
 * @param spec without secrets
 * @param specJson the spec as it is stored
 * @param webhookSecrets what reaches its webhook, sealed, or null
 * @param secrets what is left out of the spec, sealed, or null when that is nothing
 */
record NewJob(
        UUID id,
        Tenant tenant,
        JobSpec spec,
        String specJson,
        byte @Nullable [] secrets,
        byte @Nullable [] webhookSecrets,
        SeedSource seeds,
        @Nullable IdempotencyKey idempotency) {

    static NewJob of(
            UUID id,
            Tenant tenant,
            JobSpec spec,
            SeedSource seeds,
            @Nullable IdempotencyKey idempotency,
            Sealer sealer) {
        JobSpec open = JobSecrets.without(spec);
        byte[] secrets = JobSecrets.seal(sealer, id, spec);
        WebhookSpec webhook = spec.webhook();
        return new NewJob(
                id,
                tenant,
                open,
                Json.write(open),
                secrets,
                webhook == null ? null : JobSecrets.sealWebhook(sealer, id, webhook),
                seeds,
                idempotency);
    }

    /**
     * The idempotency key as it is stored: no tenant's can be another's. That of the main tenant is
     * stored as releases do that know of no other; the line feed of the others is in no key, for it
     * cannot be sent in a header.
     */
    String storedKey() {
        String key = requireNonNull(idempotency).key();
        return tenant.equals(Tenant.MAIN) ? key : tenant.id() + "\n" + key;
    }

    /** Most tasks it may ever hold. */
    long pageLimit() {
        CrawlSpec crawl = spec.crawl();
        // A crawl that is done again begins with all that is known, whatever its limit was.
        return crawl == null ? seeds.count() : Math.max(crawl.limit(), seeds.count());
    }

    /** Whether it takes more than one statement. */
    boolean needsMore() {
        return isCrawl() || idempotency != null || spec.webhook() != null;
    }

    boolean isCrawl() {
        return spec.crawl() != null;
    }

    /**
     * @param rank position of the seed among the seeds
     */
    NewTask task(long rank, Candidate seed) {
        return NewTask.first(id, spec.priority(), rank, seed);
    }

    /** The job as it is once stored. */
    Job stored(Instant createdAt) {
        long n = seeds.count();
        return new Job(id, tenant, JobState.RUNNING, spec, n, n, 0, 0, 0, 0, createdAt, null);
    }
}
