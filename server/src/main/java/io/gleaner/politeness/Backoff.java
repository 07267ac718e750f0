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
    private final Duration retryAfterMax;
    private final RandomGenerator random;

    private int failures;
    private int sameRound;
    private Instant until = Instant.MIN;
    private @Nullable Duration asked;

    Backoff(Duration min, Duration max, Duration retryAfterMax, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.retryAfterMax = retryAfterMax;
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

    /** Why it is left alone, one clause for people. */
    String reason() {
        if (asked == null) {
            return "the host failed or throttled us, failures in a row: " + failures;
        }
        String obeyed =
                asked.compareTo(retryAfterMax) > 0
                        ? ", of which the setting obeys " + retryAfterMax
                        : "";
        return "the host asked us to come back after %s%s, failures in a row: %d"
                .formatted(asked, obeyed, failures);
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
                pause(now, exponential(failures - 1), othersInFlight, null);
            }
        }
    }

    void throttled(Instant now, int othersInFlight, @Nullable Duration retryAfter) {
        boolean joins = joinsRound();
        if (!joins) {
            failures++;
        }
        if (retryAfter != null) {
            pause(now, bounded(retryAfter, retryAfterMax), othersInFlight, retryAfter);
        } else if (!joins) {
            pause(now, exponential(failures), othersInFlight, null);
        }
    }

    /** The last one was due to its URL: the pause stays, and the next is not twice as long. */
    void dueToUrl() {
        failures = Math.min(failures, 1);
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
    private void pause(Instant now, Duration pause, int othersInFlight, @Nullable Duration asFor) {
        var end = now.plus(pause);
        if (end.isAfter(until)) {
            until = end;
            asked = asFor;
        }
        sameRound = othersInFlight;
    }

    /** Uniform between half of {@code min * 2^doublings} and the whole, within min and max. */
    private Duration exponential(int doublings) {
        double whole =
                Math.min(
                        (double) max.toNanos(),
                        Math.scalb((double) min.toNanos(), Math.min(doublings, DOUBLINGS_MAX)));
        return bounded(Duration.ofNanos((long) (whole * random.nextDouble(0.5, 1))), max);
    }

    private Duration bounded(Duration pause, Duration max) {
        if (pause.compareTo(min) < 0) {
            return min;
        }
        return pause.compareTo(max) > 0 ? max : pause;
    }
}
