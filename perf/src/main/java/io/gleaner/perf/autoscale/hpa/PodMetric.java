package io.gleaner.perf.autoscale.hpa;

import java.time.Duration;
import java.time.Instant;

/**
 * A sample of one pod.
 *
 * @param milli value
 * @param at end of the window that it covers
 * @param window over which it was measured
 */
public record PodMetric(long milli, Instant at, Duration window) {

    private static final Duration FRESH_MIN = Duration.ofSeconds(10);

    /**
     * Whether a pod that is looked at for the first time has a sample, from its start until now:
     * {@code pkg/storage/pod.go} of the metrics server. All others have one from the second look
     * on.
     *
     * @param age since its start
     * @param resolution time between two looks
     */
    public static boolean countsFromStart(Duration age, Duration resolution) {
        return age.compareTo(FRESH_MIN) >= 0 && age.compareTo(resolution) < 0;
    }
}
