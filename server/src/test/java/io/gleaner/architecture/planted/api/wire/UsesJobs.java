package io.gleaner.architecture.planted.api.wire;

import io.gleaner.architecture.planted.api.jobs.UsesWire;

/** Planted: one half of a cycle inside the API. */
public final class UsesJobs {
    public UsesWire other() {
        return new UsesWire();
    }
}
