package io.gleaner.perf.autoscale.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one direction is scaled: {@code HPAScalingRules} of autoscaling/v2.
 *
 * @param window how far back recommendations count, 0 to 1 h; absent in scale-down means the
 *     controller's flag
 * @param policies at least one
 * @param tolerance of the ratio in this direction; absent means the controller's flag. Used from
 *     Kubernetes 1.35 on (from 1.33 with the feature gate HPAConfigurableTolerance)
 */
public record ScalingRules(
        @Nullable Duration window,
        Select select,
        List<ScalingPolicy> policies,
        @Nullable Double tolerance) {

    /** {@code MaxStabilizationWindowSeconds} of the API's validation. */
    static final int WINDOW_MAX_SECONDS = 3600;

    private static final Duration PERIOD = Duration.ofSeconds(15);

    /**
     * What holds without {@code scaleUp}: at once, doubling or 4 pods in 15 s, whichever is more.
     * {@code defaultHPAScaleUpRules} in pkg/apis/autoscaling/v2/defaults.go.
     */
    public static final ScalingRules UP_DEFAULT =
            new ScalingRules(
                    Duration.ZERO,
                    Select.MAX,
                    List.of(ScalingPolicy.pods(4, PERIOD), ScalingPolicy.percent(100, PERIOD)),
                    null);

    /**
     * What holds without {@code scaleDown}: the controller's window (5 min), then all at once.
     * {@code defaultHPAScaleDownRules} in pkg/apis/autoscaling/v2/defaults.go.
     */
    public static final ScalingRules DOWN_DEFAULT =
            new ScalingRules(null, Select.MAX, List.of(ScalingPolicy.percent(100, PERIOD)), null);

    /** Which policy counts when there are several. */
    public enum Select {
        /** The one that changes most. */
        MAX,
        /** The one that changes least. */
        MIN,
        /** None: this direction is off. */
        DISABLED
    }

    public ScalingRules {
        policies = List.copyOf(policies);
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("policies must not be empty");
        }
        if (window != null && (window.isNegative() || window.toSeconds() > WINDOW_MAX_SECONDS)) {
            throw new IllegalArgumentException(
                    "stabilizationWindowSeconds must be 0 to %d: %d"
                            .formatted(WINDOW_MAX_SECONDS, window.toSeconds()));
        }
        if (tolerance != null && tolerance < 0) {
            throw new IllegalArgumentException("tolerance must not be negative: " + tolerance);
        }
    }

    /** The longest period of any policy: older events count for nothing. */
    public Duration longestPeriod() {
        return policies.stream().map(ScalingPolicy::period).max(Duration::compareTo).orElseThrow();
    }
}
