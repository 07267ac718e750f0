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

    private static final double HALF_LIFE_NANOS = HALF_LIFE.toNanos();

    /** A job whose pages cost more than this each is heavy. */
    private static final double LIGHT_SECONDS = 0.05;

    /** From their fetch to their end. */
    int underWay;

    /** Of those, the ones that are fetched and not read to their end. */
    int pages;

    private double seconds;
    private double ended;
    private Instant at = Instant.EPOCH;
    private double rank = Double.NEGATIVE_INFINITY;

    double seconds(Instant now) {
        return seconds * left(now);
    }

    /**
     * Less for a job that has used less, at whatever moment: all forget at the same rate. Read for
     * each page that waits, so it is kept and not computed.
     */
    double rank() {
        return rank;
    }

    /**
     * Whether its pages cost much, each: by the page, for a large crawl of ordinary pages uses much
     * in all, and must not be held up.
     */
    boolean isHeavy() {
        return seconds > LIGHT_SECONDS * Math.max(1, ended);
    }

    void add(Duration more, Instant now) {
        forget(now);
        seconds += more.toNanos() / 1e9;
        rank = Math.log(seconds) / Math.log(2) + nanos(now) / HALF_LIFE_NANOS;
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
        return Math.pow(2, -Math.max(0, nanos(now) - nanos(at)) / HALF_LIFE_NANOS);
    }

    private static double nanos(Instant instant) {
        return instant.getEpochSecond() * 1e9 + instant.getNano();
    }
}
