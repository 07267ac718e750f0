package io.gleaner.architecture.planted.job;

import io.gleaner.architecture.planted.store.UsesJob;

/** Planted: the vocabulary reaches outward, which also closes a cycle. */
public final class UsesStore {
    public UsesJob outward() {
        return new UsesJob();
    }
}
