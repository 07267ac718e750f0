package io.gleaner.render.document;

import java.time.Duration;

/** The time that a page has, some of which is kept for taking it. */
public record Deadline(long startNanos, long endNanos) {

    /** Of the time, kept for taking the document. */
    private static final double TAKING_SHARE = 0.2;

    /** Until the end; at least a moment. */
    public Duration left() {
        return atLeastAMoment(endNanos - System.nanoTime());
    }

    /** Until the document is to be taken; at least a moment. */
    public Duration leftBeforeTaking() {
        return atLeastAMoment(takingNanos() - System.nanoTime());
    }

    /** When the document is to be taken at the latest. */
    long takingNanos() {
        return endNanos - (long) ((endNanos - startNanos) * TAKING_SHARE);
    }

    /** Whether what is left is for taking the document. */
    public boolean isForTaking() {
        return takingNanos() - System.nanoTime() <= 0;
    }

    public Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private static Duration atLeastAMoment(long nanos) {
        return Duration.ofNanos(Math.max(1, nanos));
    }
}
