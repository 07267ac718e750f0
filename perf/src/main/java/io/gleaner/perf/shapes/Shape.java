package io.gleaner.perf.shapes;

import io.gleaner.perf.users.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How users arrive over the time of a run. */
public enum Shape {

    /** A few users: does everything answer at all? */
    SMOKE(2, Duration.ofSeconds(20)),

    /** The same rate all the time. */
    STEADY(10, Duration.ofMinutes(1)),

    /** From nobody to the rate. */
    RAMP(20, Duration.ofMinutes(2)),

    /** The rate, ten times of it in the fifth of the time in the middle, and the rate again. */
    SPIKE(5, Duration.ofSeconds(100)),

    /** Ever more until it breaks. */
    STRESS(10, Duration.ofMinutes(4)),

    /** The same rate for long: does anything grow or wear out? */
    SOAK(5, Duration.ofMinutes(10));

    /** The part of its time in which a spike is, 0 to 1. */
    static final double SPIKE_BEGINS = 0.4;

    static final double SPIKE_ENDS = 0.6;

    private static final double SPIKE_TIMES = 10;
    private static final double STRESS_TIMES = 1.25;
    private static final int STRESS_STEPS = 16;

    private final double rate;
    private final Duration time;

    Shape(double rate, Duration time) {
        this.rate = rate;
        this.time = time;
    }

    /** Users a second when nothing else is said. */
    public double rate() {
        return rate;
    }

    /** How long when nothing else is said. */
    public Duration time() {
        return time;
    }

    /** The word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Arrivals at a rate, over a time. */
    List<Step> steps(double usersPerSecond, Duration over) {
        return switch (this) {
            case SMOKE, STEADY, SOAK -> List.of(Step.constant(usersPerSecond, over));
            case RAMP -> List.of(new Step(0, usersPerSecond, over));
            case SPIKE ->
                    List.of(
                            Step.constant(usersPerSecond, over.multipliedBy(2).dividedBy(5)),
                            Step.constant(usersPerSecond * SPIKE_TIMES, over.dividedBy(5)),
                            Step.constant(usersPerSecond, over.multipliedBy(2).dividedBy(5)));
            case STRESS -> {
                var steps = new ArrayList<Step>();
                for (int n = 0; n < STRESS_STEPS; n++) {
                    steps.add(
                            Step.constant(
                                    usersPerSecond * Math.pow(STRESS_TIMES, n),
                                    over.dividedBy(STRESS_STEPS)));
                }
                yield steps;
            }
        };
    }
}
