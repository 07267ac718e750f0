package io.gleaner.perf.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/** Percentiles of a histogram, in milliseconds. */
public record Latency(
        long count,
        double meanMs,
        double p50Ms,
        double p90Ms,
        double p99Ms,
        double p999Ms,
        double maxMs) {

    private static final int DIGITS = 3;
    private static final double NANOS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long NANOS_MAX = TimeUnit.MINUTES.toNanos(10);

    /** A histogram of nanoseconds with three digits; longer ones count as {@link #NANOS_MAX}. */
    public static Histogram histogram() {
        return new Histogram(NANOS_MAX, DIGITS);
    }

    /** Adds a time; one that is negative or too long counts as the nearest bound. */
    public static void record(AbstractHistogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, NANOS_MAX));
    }

    public static Latency of(AbstractHistogram histogram) {
        return new Latency(
                histogram.getTotalCount(),
                histogram.getMean() / NANOS_PER_MS,
                histogram.getValueAtPercentile(50) / NANOS_PER_MS,
                histogram.getValueAtPercentile(90) / NANOS_PER_MS,
                histogram.getValueAtPercentile(99) / NANOS_PER_MS,
                histogram.getValueAtPercentile(99.9) / NANOS_PER_MS,
                histogram.getMaxValue() / NANOS_PER_MS);
    }
}
