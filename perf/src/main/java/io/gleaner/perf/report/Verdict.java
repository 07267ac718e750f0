package io.gleaner.perf.report;

/**
 * One line of the acceptance, held against what was measured.
 *
 * @param what the claim
 * @param measured what was found, as a reader sees it
 * @param value the figure that decides; NaN where it is not a figure that does
 * @param bound what it was held against
 */
public record Verdict(String what, String measured, double value, String bound, boolean holds) {

    private static final Bound NONE = new Bound("0", value -> value == 0);

    /** One that no figure decides. */
    public Verdict(String what, String measured, String bound, boolean holds) {
        this(what, measured, Double.NaN, bound, holds);
    }

    public static Verdict of(String what, String measured, double value, Bound bound) {
        return new Verdict(what, measured, value, bound.text(), bound.admits().test(value));
    }

    private static Verdict of(String what, double measured, Bound bound) {
        return of(what, Figures.number(measured), measured, bound);
    }

    /** The median decides; the ends are shown. */
    private static Verdict of(String what, Spread measured, Bound bound) {
        return of(what, measured.text(), measured.median(), bound);
    }

    public static Verdict atLeast(String what, double measured, double bound) {
        return of(what, measured, Bound.atLeast(bound));
    }

    public static Verdict atMost(String what, double measured, double bound) {
        return of(what, measured, Bound.atMost(bound));
    }

    public static Verdict below(String what, double measured, double bound) {
        return of(what, measured, Bound.below(bound));
    }

    /** The median decides; the ends are shown. */
    public static Verdict atLeast(String what, Spread measured, double bound) {
        return of(what, measured, Bound.atLeast(bound));
    }

    /** The median decides; the ends are shown. */
    public static Verdict below(String what, Spread measured, double bound) {
        return of(what, measured, Bound.below(bound));
    }

    /** Something that must not have happened even once. */
    public static Verdict none(String what, long count) {
        return of(what, String.valueOf(count), (double) count, NONE);
    }

    /** The same measurement, held against something else. */
    public Verdict against(Bound other) {
        return of(what, measured, value, other);
    }
}
