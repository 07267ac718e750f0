package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.Target;
import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.report.Verdict;
import java.util.List;
import java.util.stream.Stream;
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
                .verdicts(waiting(real)).stream()
                        .filter(verdict -> verdict.what().equals("time in queue, p99, s"))
                        .findFirst()
                        .orElseThrow()
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

    /** A load that quick workers manage although none is added proves nothing. */
    @Test
    void aPolicyThatDoesNotKeepItWithItsPodsFailsWhateverTheWorkersHereDo() {
        DrillSettings shipped = Shipped.drill(5);
        HpaSpec right = shipped.spec();
        HpaSpec wrong =
                right.withMetrics(
                        List.of(
                                new MetricSpec.Resource(
                                        MetricSpec.CPU, new Target.Utilization(700))));
        assertThat(failing(shipped)).isEmpty();
        assertThat(failing(Shipped.drill(5, wrong)))
                .contains("time in queue, p99, s, simulated with the pods that the policy is for");
    }

    private static Stream<String> failing(DrillSettings settings) {
        var quick = new Band.Range(10, 10);
        var band = new Band(200, 30, List.of(), quick, new Band.Range(0, 0), waiting(10));
        return new Promise(Slo.DEFAULT, settings.undisturbed(), band, false)
                .verdicts(waiting(11)).stream()
                        .filter(verdict -> verdict.outcome() == Verdict.Outcome.FAILS)
                        .map(Verdict::what);
    }
}
