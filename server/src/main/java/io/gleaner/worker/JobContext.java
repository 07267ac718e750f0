package io.gleaner.worker;

import io.gleaner.frontier.Frontier;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Tenant;
import io.gleaner.politeness.JobPace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to know about a job to run its tasks.
 *
 * @param tenant whose it is
 * @param frontier the job's growth, or null when it does not grow
 * @param wanted whether anything may still be asked of a host for it: false once it was cancelled
 * @param extraction what its pages have cost here lately
 * @param pace what it allows itself
 */
record JobContext(
        Tenant tenant,
        JobSpec spec,
        @Nullable Frontier frontier,
        BooleanSupplier wanted,
        ExtractionUse extraction,
        JobPace pace) {

    /** One that is in nobody's way. */
    static JobContext of(Tenant tenant, JobSpec spec, BooleanSupplier wanted) {
        return of(tenant, spec, wanted, new JobPace(0, Duration.ZERO, InstantSource.system()));
    }

    static JobContext of(Tenant tenant, JobSpec spec, BooleanSupplier wanted, JobPace pace) {
        var crawl = spec.crawl();
        return new JobContext(
                tenant,
                spec,
                crawl == null ? null : new Frontier(crawl),
                wanted,
                new ExtractionUse(),
                pace);
    }
}
