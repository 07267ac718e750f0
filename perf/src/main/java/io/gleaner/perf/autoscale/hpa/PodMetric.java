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
public record PodMetric(long milli, Instant at, Duration window) {}
