package io.gleaner.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void numbersKeepTheDigitsThatCount() {
        assertThat(Figures.number(0)).isEqualTo("0");
        assertThat(Figures.number(0.1234)).isEqualTo("0.123");
        assertThat(Figures.number(1.234)).isEqualTo("1.23");
        assertThat(Figures.number(12.34)).isEqualTo("12.3");
        assertThat(Figures.number(12_345.6)).isEqualTo("12,346");
    }

    @Test
    void aSpreadHasMedianAndEnds() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0)).text()).isEqualTo("2.00 (1.00 .. 3.00)");
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
        assertThat(Spread.of(List.of(4.0)).text()).isEqualTo("4.00");
    }

    @Test
    void verdictsHoldAtTheirBoundAndNotBeyond() {
        assertThat(Verdict.atLeast("x", 5, 5).holds()).isTrue();
        assertThat(Verdict.atLeast("x", 4.9, 5).holds()).isFalse();
        assertThat(Verdict.atMost("x", 5, 5).holds()).isTrue();
        assertThat(Verdict.atMost("x", 5.1, 5).holds()).isFalse();
        assertThat(Verdict.below("x", 5, 5).holds()).isFalse();
        assertThat(Verdict.atMost("x", Double.NaN, 5).holds()).isFalse();
        assertThat(Verdict.none("x", 1).holds()).isFalse();
    }
}
