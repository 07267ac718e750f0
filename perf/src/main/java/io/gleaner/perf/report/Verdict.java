package io.gleaner.perf.report;

/**
 * One line of the acceptance, held against what was measured.
 *
 * @param what the claim
 * @param measured what was found, as a reader sees it
 * @param value the figure that decides; NaN where it is not a figure that does
 * @param bound what it was held against
 * @param best what could be expected of this machine in this run whoever was asked; NaN where that
 *     was not measured
 */
public record Verdict(
        String what, String measured, double value, String bound, double best, Outcome outcome) {

    private static final Bound NONE = new Bound("0", value -> value == 0);

    /** How it came out. */
    public enum Outcome {
        HOLDS("holds"),
        FAILS("does not hold"),
        /** It did not hold, and on this machine in this run it could not. */
        NOT_MEASURABLE("not measurable here");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** As a reader sees it. */
        public String text() {
            return text;
        }
    }

    /** One that no figure decides. */
    public Verdict(String what, String measured, String bound, boolean holds) {
        this(what, measured, Double.NaN, bound, Double.NaN, holds ? Outcome.HOLDS : Outcome.FAILS);
    }

    public static Verdict of(String what, String measured, double value, Bound bound) {
        return of(what, measured, value, bound, Double.NaN);
    }

    private static Verdict of(
            String what, String measured, double value, Bound bound, double best) {
        Outcome outcome = Outcome.HOLDS;
        if (!bound.admits().test(value)) {
            boolean carried = Double.isNaN(best) || bound.admits().test(best);
            outcome = carried ? Outcome.FAILS : Outcome.NOT_MEASURABLE;
        }
        return new Verdict(what, measured, value, bound.text(), best, outcome);
    }

    private static Verdict of(String what, double measured, Bound bound) {
        return of(what, Figures.number(measured), measured, bound);
    }

    /** The median decides; the ends are shown. */
    private static Verdict of(String what, Spread measured, Bound bound, double best) {
        return of(what, measured.text(), measured.median(), bound, best);
    }

    public static Verdict atLeast(String what, double measured, double bound) {
        return of(what, measured, Bound.atLeast(bound));
    }

    public static Verdict atMost(String what, double measured, double bound) {
        return of(what, measured, Bound.atMost(bound));
    }

    /**
     * Not measurable where the machine does not carry the bound.
     *
     * @param best what could be expected of this machine in this run
     */
    public static Verdict atMost(String what, double measured, double bound, double best) {
        return of(what, Figures.number(measured), measured, Bound.atMost(bound), best);
    }

    /**
     * Not measurable where the machine does not carry the bound.
     *
     * @param best what could be expected of this machine in this run
     */
    public static Verdict below(String what, double measured, double bound, double best) {
        return of(what, Figures.number(measured), measured, Bound.below(bound), best);
    }

    public static Verdict below(String what, double measured, double bound) {
        return of(what, measured, Bound.below(bound));
    }

    /** The median decides; the ends are shown. */
    public static Verdict atLeast(String what, Spread measured, double bound) {
        return atLeast(what, measured, bound, Double.NaN);
    }

    /**
     * The median decides; the ends are shown. Not measurable where the machine does not carry the
     * bound.
     *
     * @param best what could be expected of this machine in this run
     */
    public static Verdict atLeast(String what, Spread measured, double bound, double best) {
        return of(what, measured, Bound.atLeast(bound), best);
    }

    /**
     * The median decides; the ends are shown. Not measurable where the machine does not carry the
     * bound.
     *
     * @param best what could be expected of this machine in this run
     */
    public static Verdict atMost(String what, Spread measured, double bound, double best) {
        return of(what, measured, Bound.atMost(bound), best);
    }

    /** The median decides; the ends are shown. */
    public static Verdict below(String what, Spread measured, double bound) {
        return below(what, measured, bound, Double.NaN);
    }

    /**
     * The median decides; the ends are shown. Not measurable where the machine does not carry the
     * bound.
     *
     * @param best what could be expected of this machine in this run
     */
    public static Verdict below(String what, Spread measured, double bound, double best) {
        return of(what, measured, Bound.below(bound), best);
    }

    /** Something that must not have happened even once. */
    public static Verdict none(String what, long count) {
        return of(what, String.valueOf(count), (double) count, NONE);
    }

    /** The same measurement, held against something else. */
    public Verdict against(Bound other) {
        return of(what, measured, value, other, best);
    }

    public boolean holds() {
        return outcome == Outcome.HOLDS;
    }
}
