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
    private double ended;
    private Instant at = Instant.EPOCH;

    double seconds(Instant now) {
        return seconds * left(now);
    }

    /** What a page of its has cost lately. */
    double secondsEach(Instant now) {
        return seconds(now) / Math.max(1, ended * left(now));
    }

    void add(Duration more, Instant now) {
        forget(now);
        seconds += more.toNanos() / 1e9;
    }

    /** Another page has come to its end. */
    void end(Instant now) {
        forget(now);
        ended++;
    }

    private void forget(Instant now) {
        double left = left(now);
        seconds *= left;
        ended *= left;
        at = now;
    }

    /** Of what was counted up to now; the rest is forgotten. */
    private double left(Instant now) {
        double halves = Duration.between(at, now).toMillis() / (double) HALF_LIFE.toMillis();
        return Math.pow(2, -Math.max(0, halves));
    }
}
