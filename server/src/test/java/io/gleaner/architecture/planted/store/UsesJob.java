package io.gleaner.architecture.planted.store;

import io.gleaner.architecture.planted.job.UsesStore;

/** Planted: one half of a cycle. */
public final class UsesJob {
    public UsesStore inward() {
        return new UsesStore();
    }
}
