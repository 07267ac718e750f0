package io.gleaner.perf.report;

/**
 * One line of the acceptance, held against what was measured.
 *
 * @param what the claim
 * @param measured the value that decides
 * @param bound what it was held against
 */
public record Verdict(String what, String measured, String bound, boolean holds) {

    public static Verdict atLeast(String what, double measured, double bound) {
        return new Verdict(
                what, Figures.number(measured), ">= " + Figures.number(bound), measured >= bound);
    }

    public static Verdict atMost(String what, double measured, double bound) {
        return new Verdict(
                what, Figures.number(measured), "<= " + Figures.number(bound), measured <= bound);
    }

    public static Verdict below(String what, double measured, double bound) {
        return new Verdict(
                what, Figures.number(measured), "< " + Figures.number(bound), measured < bound);
    }

    /** The median decides; the ends are shown. */
    public static Verdict atLeast(String what, Spread measured, double bound) {
        return new Verdict(
                what, measured.text(), ">= " + Figures.number(bound), measured.median() >= bound);
    }

    /** The median decides; the ends are shown. */
    public static Verdict below(String what, Spread measured, double bound) {
        return new Verdict(
                what, measured.text(), "< " + Figures.number(bound), measured.median() < bound);
    }

    /** Something that must not have happened even once. */
    public static Verdict none(String what, long count) {
        return new Verdict(what, String.valueOf(count), "0", count == 0);
    }
}
