package io.gleaner.perf.load;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** When requests are meant to be sent: gaps between one and the next. Deterministic by seed. */
public final class Arrivals {

    /** How the gaps are spread. */
    public enum Shape {
        /** As if by many users who do not know of each other: exponential gaps. */
        POISSON,
        /** Always the same gap. */
        CONSTANT
    }

    private final Shape shape;
    private final double meanNanos;
    private final SplittableRandom random;

    public Arrivals(Shape shape, double perSecond, long seed) {
        if (perSecond <= 0) {
            throw new IllegalArgumentException("perSecond must be positive: " + perSecond);
        }
        this.shape = shape;
        this.meanNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.random = new SplittableRandom(seed);
    }

    /** Nanoseconds until the next send. */
    double nextGapNanos() {
        return switch (shape) {
            case POISSON -> -Math.log(1 - random.nextDouble()) * meanNanos;
            case CONSTANT -> meanNanos;
        };
    }
}
