package io.gleaner.budget;

import java.time.Duration;

/**
 * One owner's part. It only grows until it is closed; more than the largest item, or than the
 * limit, counts as that. Used by one thread at a time.
 */
public final class Hold implements AutoCloseable {

    private static final Duration CENTURIES = Duration.ofNanos(Long.MAX_VALUE);

    private final Budget budget;

    /** Guarded by the budget's lock. */
    long heldBytes;

    Hold(Budget budget) {
        this.budget = budget;
    }

    /** Grows to an amount, if there is room now and nobody waits. */
    public boolean tryAtLeast(long bytes) {
        return budget.tryGrow(this, bytes);
    }

    /** Grows to an amount; waits for as long as it takes. */
    public void awaitAtLeast(long bytes) throws InterruptedException {
        var _ = awaitAtLeast(bytes, CENTURIES);
    }

    /**
     * Grows to an amount; what is held already counts.
     *
     * @return false when there was no room in time
     */
    public boolean awaitAtLeast(long bytes, Duration patience) throws InterruptedException {
        return budget.grow(this, bytes, patience);
    }

    /** Gives all of it back. May be called again, and the hold used again. */
    @Override
    public void close() {
        budget.giveBack(this);
    }
}
