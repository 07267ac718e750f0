package io.gleaner.politeness;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long a host as a whole is left alone: as Retry-After says, or exponentially longer with each
 * round of failures, with jitter so that many hosts behind one outage do not return as one.
 *
 * <p>A single failure pauses nothing, because one broken page must not stall a healthy host. The
 * requests that were in flight when a pause began belong to the same round: their failures do not
 * double it. Not thread-safe.
 */
final class Backoff {

    private static final int DOUBLINGS_MAX = 30;

    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;

    private int failures;
    private int sameRound;
    private Instant until = Instant.MIN;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.random = random;
    }

    /** Failed or throttled rounds in a row. */
    int failures() {
        return failures;
    }

    /** The host is left alone until then; may lie in the past. */
    Instant until() {
        return until;
    }

    void answered() {
        failures = 0;
        joinsRound();
    }

    void notSent() {
        joinsRound();
    }

    void failed(Instant now, int othersInFlight) {
        if (!joinsRound()) {
            failures++;
            if (failures >= 2) {
                pause(now, exponential(failures - 1), othersInFlight);
            }
        }
    }

    void throttled(Instant now, int othersInFlight, @Nullable Duration retryAfter) {
        boolean joins = joinsRound();
        if (!joins) {
            failures++;
        }
        if (retryAfter != null) {
            pause(now, bounded(retryAfter), othersInFlight);
        } else if (!joins) {
            pause(now, exponential(failures), othersInFlight);
        }
    }

    void restore(int knownFailures) {
        failures = Math.max(0, knownFailures);
    }

    private boolean joinsRound() {
        if (sameRound == 0) {
            return false;
        }
        sameRound--;
        return true;
    }

    // Never shortens a pause: an error must not make the host's turn come earlier.
    private void pause(Instant now, Duration pause, int othersInFlight) {
        var end = now.plus(pause);
        if (end.isAfter(until)) {
            until = end;
        }
        sameRound = othersInFlight;
    }

    /** Uniform between half of {@code min * 2^doublings} and the whole, within min and max. */
    private Duration exponential(int doublings) {
        double whole =
                Math.min(
                        (double) max.toNanos(),
                        Math.scalb((double) min.toNanos(), Math.min(doublings, DOUBLINGS_MAX)));
        return bounded(Duration.ofNanos((long) (whole * random.nextDouble(0.5, 1))));
    }

    private Duration bounded(Duration pause) {
        if (pause.compareTo(min) < 0) {
            return min;
        }
        return pause.compareTo(max) > 0 ? max : pause;
    }
}
