package io.gleaner.perf.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.regression.Judgement.Figure;
import io.gleaner.perf.report.Pairs;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final double NOISE = 0.02;

    private final Random random = new Random(3);

    /** Twelve blocks of noise around a ratio. */
    private Pairs around(double ratio) {
        return new Pairs(
                IntStream.range(0, 12)
                        .mapToDouble(i -> Math.log(ratio) + NOISE * random.nextGaussian())
                        .toArray());
    }

    private boolean[] worse(Figure... figures) {
        var judgement = new Judgement(List.of(figures), 0.03);
        double[] p = judgement.pValues();
        boolean[] worse = new boolean[p.length];
        for (int i = 0; i < p.length; i++) {
            worse[i] = judgement.worse(i, p[i]);
        }
        return worse;
    }

    @Test
    void aLossOfTenPercentIsFoundWhicheverWayTheFigureGoes() {
        assertThat(
                        worse(
                                new Figure("rate", true, around(0.9), around(1)),
                                new Figure("time", false, around(1.1), around(1)),
                                new Figure("steady", true, around(1), around(1))))
                .containsExactly(true, true, false);
    }

    @Test
    void aGainIsNoLoss() {
        assertThat(
                        worse(
                                new Figure("rate", true, around(1.2), around(1)),
                                new Figure("time", false, around(0.8), around(1))))
                .containsExactly(false, false);
    }

    @Test
    void whatTheBaseShowsAgainstItselfIsNoLoss() {
        assertThat(worse(new Figure("rate", true, around(0.95), around(0.93))))
                .containsExactly(false);
    }

    @Test
    void theRuleSeldomCriesWolf() {
        var judgement =
                new Judgement(
                        IntStream.range(0, 4)
                                .mapToObj(i -> new Figure("f" + i, true, around(1), around(1)))
                                .toList(),
                        0.03);
        assertThat(judgement.falseAlarms()).isLessThan(0.05);
    }
}
