package io.gleaner.perf.users;

import java.time.Duration;

/**
 * Some time in which users arrive.
 *
 * @param from users a second when it begins
 * @param to users a second when it ends; in between the rate changes evenly
 */
public record Step(double from, double to, Duration time) {

    public Step {
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("no rate of arrivals: %s to %s".formatted(from, to));
        }
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a step takes time: " + time);
        }
    }

    /** The same rate all the time. */
    public static Step constant(double rate, Duration time) {
        return new Step(rate, rate, time);
    }
}
