package io.gleaner.perf.report;

import java.util.function.DoublePredicate;

/**
 * What a figure is held against.
 *
 * @param text as a reader sees it: {@code < 10.0}
 */
public record Bound(String text, DoublePredicate admits) {

    public static Bound atLeast(double limit) {
        return new Bound(">= " + Figures.number(limit), value -> value >= limit);
    }

    public static Bound atMost(double limit) {
        return new Bound("<= " + Figures.number(limit), value -> value <= limit);
    }

    public static Bound below(double limit) {
        return new Bound("< " + Figures.number(limit), value -> value < limit);
    }

    public static Bound above(double limit) {
        return new Bound("> " + Figures.number(limit), value -> value > limit);
    }
}
