package io.gleaner.perf.pods;

import java.time.Duration;

/**
 * The times of a pod's end.
 *
 * @param endpointDelay from a pod's mark until the proxies send it no new connection; the same
 *     delay holds for a pod that becomes ready or unready
 * @param preStop sleep of the preStop hook, before SIGTERM
 * @param grace from the mark until SIGKILL, preStop included: {@code terminationGracePeriodSeconds}
 */
public record Grace(Duration endpointDelay, Duration preStop, Duration grace) {

    /**
     * What is left for SIGTERM even when preStop took all of the grace period, as kubelet has it.
     */
    static final Duration AFTER_SIGTERM_MIN = Duration.ofSeconds(2);

    public Grace {
        if (endpointDelay.isNegative() || preStop.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "times must not be negative: %s, %s, %s"
                            .formatted(endpointDelay, preStop, grace));
        }
    }

    /** A hook that outlives the grace period is cut. */
    Duration preStopTime() {
        return preStop.compareTo(grace) < 0 ? preStop : grace;
    }

    /** From SIGTERM to SIGKILL. */
    Duration afterSigterm() {
        Duration left = grace.minus(preStopTime());
        return left.compareTo(AFTER_SIGTERM_MIN) < 0 ? AFTER_SIGTERM_MIN : left;
    }
}
