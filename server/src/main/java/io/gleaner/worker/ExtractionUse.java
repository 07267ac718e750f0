package io.gleaner.worker;

import java.time.Duration;
import java.time.Instant;

/**
 * How much of the extraction's time one job has had lately, and how many of its pages are there.
 * Guarded by the lock of {@link ExtractionTurns}.
 */
final class ExtractionUse {

    /** Use loses half its weight in this time. */
    private static final Duration HALF_LIFE = Duration.ofSeconds(10);

    int pages;
    private double seconds;
    private Instant at = Instant.EPOCH;

    double seconds(Instant now) {
        double halves = Duration.between(at, now).toMillis() / (double) HALF_LIFE.toMillis();
        return seconds * Math.pow(2, -Math.max(0, halves));
    }

    void add(Duration more, Instant now) {
        seconds = seconds(now) + more.toNanos() / 1e9;
        at = now;
    }
}
