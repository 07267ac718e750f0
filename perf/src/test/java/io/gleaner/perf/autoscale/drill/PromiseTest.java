package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A policy that promises a minute in the queue. */
class PromiseTest {

    private static Run waiting(int seconds) {
        return new Run("load", List.of(), 0, seconds, seconds, 1, 2, 0, 0, 0);
    }

    private static Verdict.Outcome outcome(
            int undisturbed, int simulatedLongest, boolean taken, int real) {
        var none = new Band.Range(0, 0);
        var band =
                new Band(
                        200,
                        30,
                        List.of(),
                        new Band.Range(10, simulatedLongest),
                        none,
                        waiting(10));
        return new Promise(Slo.DEFAULT, waiting(undisturbed), band, taken)
                .verdicts(waiting(real))
                .getFirst()
                .outcome();
    }

    @Test
    void aPromiseThatIsKeptHoldsOnAnyMachine() {
        assertThat(outcome(20, 90, true, 54)).isEqualTo(Verdict.Outcome.HOLDS);
    }

    @Test
    void aPromiseThatTheMachineCarriesAndIsNotKeptFails() {
        assertThat(outcome(20, 40, false, 113)).isEqualTo(Verdict.Outcome.FAILS);
    }

    @Test
    void oneThatSomeSimulationOfThisMachineDoesNotKeepIsNotMeasurable() {
        assertThat(outcome(20, 90, false, 113)).isEqualTo(Verdict.Outcome.NOT_MEASURABLE);
    }

    @Test
    void neitherIsOneWhereOthersTakeTheMachine() {
        assertThat(outcome(20, 40, true, 113)).isEqualTo(Verdict.Outcome.NOT_MEASURABLE);
    }

    @Test
    void aPolicyThatDoesNotKeepItWithThePodsItWasMadeForFailsOnAnyMachine() {
        assertThat(outcome(400, 90, true, 113)).isEqualTo(Verdict.Outcome.FAILS);
    }
}
