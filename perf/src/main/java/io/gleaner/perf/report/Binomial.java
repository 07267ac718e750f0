package io.gleaner.perf.report;

/** How sure a count of failures makes us of their share. */
public final class Binomial {

    private static final double TAIL = 0.05;
    private static final int STEPS = 200;

    private Binomial() {}

    /**
     * The largest share of failures that is compatible with what was seen: the upper end of the
     * one-sided 95 % interval (Clopper and Pearson 1934).
     *
     * @param failures of the trials
     */
    public static double failuresAtMost(long failures, long trials) {
        if (trials < 1 || failures < 0 || failures > trials) {
            throw new IllegalArgumentException(
                    "%d failures of %d trials".formatted(failures, trials));
        }
        if (failures == trials) {
            return 1;
        }
        double low = (double) failures / trials;
        double high = 1;
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (atMost(failures, trials, middle) > TAIL) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Probability of so many failures or fewer. */
    private static double atMost(long failures, long trials, double share) {
        double log = trials * Math.log1p(-share);
        double sum = Math.exp(log);
        for (long k = 1; k <= failures; k++) {
            log += Math.log((trials - k + 1.0) / k) + Math.log(share) - Math.log1p(-share);
            sum += Math.exp(log);
        }
        return sum;
    }
}
