package io.gleaner.perf.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What two variants came to in blocks of which each measured both, right after one another: the
 * logarithm of candidate over base for each block. What the machine does for longer than a block
 * falls on both and drops out.
 */
public record Pairs(double[] logRatios) {

    private static final int RESAMPLES = 10_000;
    private static final double TAIL = 0.025;
    private static final long SEED = 1;

    /** Pairs without a figure on one side are left out. */
    public static Pairs of(List<Double> base, List<Double> candidate) {
        return new Pairs(
                IntStream.range(0, Math.min(base.size(), candidate.size()))
                        .filter(i -> base.get(i) > 0 && candidate.get(i) > 0)
                        .mapToDouble(i -> Math.log(candidate.get(i) / base.get(i)))
                        .toArray());
    }

    public int count() {
        return logRatios.length;
    }

    /** Candidate over base: the median of the pairs. */
    public double ratio() {
        return Math.exp(median(logRatios));
    }

    /** Ends of the 95 % interval of the ratio: the percentile bootstrap over pairs (Efron 1979). */
    public double[] interval() {
        return interval(Pairs::median);
    }

    /**
     * Candidate over base: the geometric mean of the pairs. Of pairs without outliers it knows as
     * much as the median of half as many more, so it is for a change smaller than their spread.
     */
    public double mean() {
        return Math.exp(mean(logRatios));
    }

    /** Ends of the 95 % interval of the geometric mean, as {@link #interval()}. */
    public double[] meanInterval() {
        return interval(Pairs::mean);
    }

    private double[] interval(ToDoubleFunction<double[]> middle) {
        double[] middles = new double[RESAMPLES];
        var random = new Random(SEED);
        double[] sample = new double[logRatios.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < sample.length; j++) {
                sample[j] = logRatios[random.nextInt(logRatios.length)];
            }
            middles[i] = middle.applyAsDouble(sample);
        }
        Arrays.sort(middles);
        return new double[] {
            Math.exp(middles[(int) (RESAMPLES * TAIL)]),
            Math.exp(middles[(int) (RESAMPLES * (1 - TAIL))])
        };
    }

    /** {@code 1.012 (0.987 .. 1.034)}: the ratio and its interval. */
    public String text() {
        double[] ends = interval();
        return String.format(Locale.ROOT, "%.3f (%.3f .. %.3f)", ratio(), ends[0], ends[1]);
    }

    /**
     * How often pairs whose signs are thrown like coins lie as far from no change as these do, on
     * both sides (Fisher's permutation test of the mean). With few pairs all throws are counted.
     */
    public double pValue() {
        int n = logRatios.length;
        if (n == 0) {
            return 1;
        }
        double seen = Math.abs(Arrays.stream(logRatios).sum()) - 1e-12;
        boolean all = n <= 13;
        int throwsCount = all ? 1 << n : RESAMPLES;
        var random = new Random(SEED);
        int asFar = 0;
        for (int t = 0; t < throwsCount; t++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                boolean turned = all ? (t >> i & 1) == 1 : random.nextBoolean();
                sum += turned ? -logRatios[i] : logRatios[i];
            }
            if (Math.abs(sum) >= seen) {
                asFar++;
            }
        }
        return all ? (double) asFar / throwsCount : (asFar + 1.0) / (throwsCount + 1);
    }

    /** The same pairs drawn with replacement, each with a sign thrown anew. */
    public Pairs underNoChange(Random random) {
        double[] drawn = new double[logRatios.length];
        for (int i = 0; i < drawn.length; i++) {
            double value = logRatios[random.nextInt(drawn.length)];
            drawn[i] = random.nextBoolean() ? value : -value;
        }
        return new Pairs(drawn);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? 0
                : sorted.length % 2 == 1
                        ? sorted[middle]
                        : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
