package io.gleaner.perf.regression;

import io.gleaner.perf.report.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Whether figures of one kind got worse. One did when its change is worse than the least effect and
 * unlikely (p under 0.05 after Holm's correction) without a change.
 *
 * <p>The least effect of a figure is what the same build shows against itself: the end of its
 * interval that is farther from 1, and no less than a minimum.
 *
 * @param effectMin least effect at all
 */
record Judgement(List<Figure> figures, double effectMin) {

    private static final double P_MAX = 0.05;
    private static final int TRIALS = 1_000;
    private static final long SEED = 2;

    /**
     * @param moreIsBetter whether a larger figure is
     * @param change candidate against base
     * @param same base against base
     */
    record Figure(String name, boolean moreIsBetter, Pairs change, Pairs same) {

        /** By how much it got worse, as a share; negative when it got better. */
        double loss(Pairs pairs) {
            return moreIsBetter ? 1 - pairs.ratio() : pairs.ratio() - 1;
        }
    }

    double leastEffect(Figure figure) {
        double[] interval = figure.same().interval();
        return Math.max(effectMin, Math.max(1 - interval[0], interval[1] - 1));
    }

    /** One for each figure: the p-value of its change, adjusted. */
    double[] pValues() {
        return Holm.adjusted(figures.stream().map(figure -> figure.change().pValue()).toList());
    }

    /** Whether that figure got worse. */
    boolean worse(int index, double adjusted) {
        Figure figure = figures.get(index);
        return adjusted < P_MAX && figure.loss(figure.change()) > leastEffect(figure);
    }

    /**
     * How often this rule would cry wolf over any of the figures: tried on what the same build
     * showed against itself, with pairs drawn and signs thrown anew.
     */
    double falseAlarms() {
        var random = new Random(SEED);
        List<Double> effects = figures.stream().map(this::leastEffect).toList();
        int alarms = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            var drawn = new ArrayList<Pairs>();
            figures.forEach(figure -> drawn.add(figure.same().underNoChange(random)));
            double[] adjusted = Holm.adjusted(drawn.stream().map(Pairs::pValue).toList());
            boolean alarm = false;
            for (int i = 0; i < adjusted.length; i++) {
                alarm |= adjusted[i] < P_MAX && figures.get(i).loss(drawn.get(i)) > effects.get(i);
            }
            alarms += alarm ? 1 : 0;
        }
        return (double) alarms / TRIALS;
    }
}
