package io.gleaner.architecture.planted.api.jobs;

import io.gleaner.architecture.planted.api.wire.UsesJobs;

/** Planted: one half of a cycle inside the API. */
public final class UsesWire {
    public UsesJobs other() {
        return new UsesJobs();
    }
}
