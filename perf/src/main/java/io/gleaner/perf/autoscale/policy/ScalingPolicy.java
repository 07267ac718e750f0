package io.gleaner.perf.autoscale.policy;

import java.time.Duration;

/**
 * How much may change within a period: {@code HPAScalingPolicy} of autoscaling/v2.
 *
 * @param value pods, or percent of the pods at the period's start; at least 1
 * @param period 1 s to 30 min, whole seconds
 */
public record ScalingPolicy(Type type, int value, Duration period) {

    /** {@code MaxPeriodSeconds} of the API's validation. */
    static final int PERIOD_MAX_SECONDS = 1800;

    /** What the value counts. */
    public enum Type {
        PODS,
        PERCENT
    }

    public ScalingPolicy {
        if (value < 1) {
            throw new IllegalArgumentException("value must be at least 1: " + value);
        }
        if (period.toSeconds() < 1 || period.toSeconds() > PERIOD_MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "periodSeconds must be 1 to %d: %d"
                            .formatted(PERIOD_MAX_SECONDS, period.toSeconds()));
        }
    }

    public static ScalingPolicy pods(int pods, Duration period) {
        return new ScalingPolicy(Type.PODS, pods, period);
    }

    public static ScalingPolicy percent(int percent, Duration period) {
        return new ScalingPolicy(Type.PERCENT, percent, period);
    }
}
