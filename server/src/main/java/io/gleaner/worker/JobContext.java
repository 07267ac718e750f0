package io.gleaner.worker;

import io.gleaner.frontier.Frontier;
import io.gleaner.job.JobSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to know about a job to run its tasks.
 *
 * @param frontier the job's growth, or null when it does not grow
 * @param extraction what its pages have cost here lately
 */
record JobContext(JobSpec spec, @Nullable Frontier frontier, ExtractionUse extraction) {

    static JobContext of(JobSpec spec) {
        var crawl = spec.crawl();
        return new JobContext(
                spec, crawl == null ? null : new Frontier(crawl), new ExtractionUse());
    }
}
