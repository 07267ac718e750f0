package io.gleaner.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.report.Verdict.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static Verdict p99(double measured, double best) {
        return Verdict.below("p99, ms", measured, 10, best);
    }

    @Test
    void whatHoldsHoldsOnAnyMachine() {
        assertThat(p99(9, 30).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(p99(9, Double.NaN).outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void whatTheMachineCarriesAndDoesNotHoldFails() {
        assertThat(p99(11, 8).outcome()).isEqualTo(Outcome.FAILS);
        assertThat(p99(11, Double.NaN).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void whatTheMachineDoesNotCarryIsNotMeasurable() {
        assertThat(p99(27.5, 16).outcome()).isEqualTo(Outcome.NOT_MEASURABLE);
        assertThat(p99(27.5, Double.POSITIVE_INFINITY).outcome()).isEqualTo(Outcome.NOT_MEASURABLE);
    }

    @Test
    void aPaceThatTheMachineDoesNotCarryIsNotMeasurableEither() {
        Spread measured = new Spread(8_000, 7_000, 9_000, 3);
        assertThat(Verdict.atLeast("1/s", measured, 10_000, 9_500).outcome())
                .isEqualTo(Outcome.NOT_MEASURABLE);
        assertThat(Verdict.atLeast("1/s", measured, 10_000, 90_000).outcome())
                .isEqualTo(Outcome.FAILS);
    }

    @Test
    void anotherBoundIsJudgedByTheSameMachine() {
        assertThat(p99(27.5, 16).against(Bound.below(100)).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(p99(127.5, 16).against(Bound.below(100)).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void allOfItIsRedIfOneIsAndNotGreenIfOneIsNotMeasurable() {
        Verdict green = p99(9, 8);
        Verdict red = p99(11, 8);
        Verdict neither = p99(27.5, 16);
        assertThat(outcome(green, green)).isEqualTo(Outcome.HOLDS);
        assertThat(outcome(green, neither)).isEqualTo(Outcome.NOT_MEASURABLE);
        assertThat(outcome(neither, red)).isEqualTo(Outcome.FAILS);
        assertThat(outcome()).isEqualTo(Outcome.HOLDS);
    }

    private static Outcome outcome(Verdict... verdicts) {
        return new Findings(Map.of(), List.of(), List.of(verdicts), List.of(), "").outcome();
    }
}
