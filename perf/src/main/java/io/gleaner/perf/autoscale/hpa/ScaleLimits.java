package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.Behavior;
import io.gleaner.perf.autoscale.policy.ScalingPolicy;
import io.gleaner.perf.autoscale.policy.ScalingRules;
import io.gleaner.perf.autoscale.policy.ScalingRules.Select;
import java.time.Instant;
import java.util.function.ToIntFunction;

/**
 * How far the number may move at once: bounds, policies and what was already changed in their
 * periods.
 */
final class ScaleLimits {

    /** The number that is allowed and the reason, which is for the condition ScalingLimited. */
    record Allowed(int replicas, String reason, String message) {}

    /** {@code scaleUpLimitFactor} and {@code scaleUpLimitMinimum} of horizontal.go. */
    private static final int UP_FACTOR = 2;

    private static final int UP_MINIMUM = 4;

    private static final double HUNDRED = 100;

    private final ScaleEvents ups = new ScaleEvents();
    private final ScaleEvents downs = new ScaleEvents();

    /** Remembers a change: {@code storeScaleEvent}. */
    void changed(int before, int after, Behavior behavior, Instant now) {
        if (after > before) {
            ups.add(after - before, now, behavior.up().longestPeriod());
        } else {
            downs.add(before - after, now, behavior.down().longestPeriod());
        }
    }

    /**
     * {@code convertDesiredReplicasWithRules}, without {@code behavior}: bounds, and at most
     * doubling or 4.
     */
    static Allowed allow(int current, int desired, int min, int max) {
        int limit = Math.max(UP_FACTOR * current, UP_MINIMUM);
        if (desired < min) {
            return tooFew(min);
        }
        if (desired > Math.min(limit, max)) {
            return max > limit ? tooFast(limit, "increasing", "ScaleUpLimit") : tooMany(max);
        }
        return withinRange(desired);
    }

    /** {@code convertDesiredReplicasWithBehaviorRate}. */
    Allowed allow(int current, int desired, int min, int max, Behavior behavior, Instant now) {
        if (desired > current) {
            // Never below current: after many recent additions the formula alone would take pods
            // away.
            int limit = Math.max(upLimit(current, behavior.up(), now), current);
            if (desired > Math.min(limit, max)) {
                return max > limit ? tooFast(limit, "increasing", "ScaleUpLimit") : tooMany(max);
            }
        } else if (desired < current) {
            int limit = Math.min(downLimit(current, behavior.down(), now), current);
            if (desired < Math.max(limit, min)) {
                return min < limit ? tooFast(limit, "decreasing", "ScaleDownLimit") : tooFew(min);
            }
        }
        return withinRange(desired);
    }

    // calculateScaleUpLimitWithScalingRules. Percent rounds up, so that one pod can become two.
    private int upLimit(int current, ScalingRules rules, Instant now) {
        if (rules.select() == Select.DISABLED) {
            return current;
        }
        ToIntFunction<ScalingPolicy> limit =
                policy -> {
                    int start = start(current, policy, now);
                    return switch (policy.type()) {
                        case PODS -> start + policy.value();
                        case PERCENT -> (int) Math.ceil(start * (1 + policy.value() / HUNDRED));
                    };
                };
        var limits = rules.policies().stream().mapToInt(limit);
        return (rules.select() == Select.MIN ? limits.min() : limits.max()).orElseThrow();
    }

    // calculateScaleDownLimitWithBehaviors. Percent truncates, so that two pods can become one.
    private int downLimit(int current, ScalingRules rules, Instant now) {
        if (rules.select() == Select.DISABLED) {
            return current;
        }
        ToIntFunction<ScalingPolicy> limit =
                policy -> {
                    int start = start(current, policy, now);
                    return switch (policy.type()) {
                        case PODS -> start - policy.value();
                        case PERCENT -> (int) (start * (1 - policy.value() / HUNDRED));
                    };
                };
        var limits = rules.policies().stream().mapToInt(limit);
        return (rules.select() == Select.MIN ? limits.max() : limits.min()).orElseThrow();
    }

    /** Replicas when the policy's period began. */
    private int start(int current, ScalingPolicy policy, Instant now) {
        return current - ups.within(policy.period(), now) + downs.within(policy.period(), now);
    }

    private static Allowed tooFast(int limit, String direction, String reason) {
        return new Allowed(
                limit,
                reason,
                "the desired replica count is %s faster than the maximum scale rate"
                        .formatted(direction));
    }

    private static Allowed tooMany(int max) {
        return new Allowed(
                max,
                "TooManyReplicas",
                "the desired replica count is more than the maximum replica count");
    }

    private static Allowed tooFew(int min) {
        return new Allowed(
                min,
                "TooFewReplicas",
                "the desired replica count is less than the minimum replica count");
    }

    private static Allowed withinRange(int desired) {
        return new Allowed(
                desired, "DesiredWithinRange", "the desired count is within the acceptable range");
    }
}
