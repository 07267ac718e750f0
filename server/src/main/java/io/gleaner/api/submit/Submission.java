package io.gleaner.api.submit;

import io.gleaner.job.JobSpec;

/** A request that was read and checked to its end: what to do, and with which URLs. */
public record Submission(JobSpec spec, Seeds seeds) implements AutoCloseable {

    @Override
    public void close() {
        seeds.close();
    }
}
