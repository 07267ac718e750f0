package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.hpa.ControllerFlags;
import io.gleaner.perf.autoscale.policy.Behavior;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.ScalingRules;
import io.gleaner.perf.autoscale.policy.Target;
import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Settings;
import io.gleaner.perf.autoscale.simulate.Simulation;
import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The drill's policy and load, with workers as they were measured: what is within the band of 200
 * simulations, and what is not.
 */
class BandTest {

    private static final int FACTOR = 5;
    private static final int BAND = 200;
    private static final Trace SPIKE =
            Trace.named("spike", 1).between(Duration.ofMinutes(9), Duration.ofMinutes(31));

    private static final DrillSettings SETTINGS = Shipped.drill(FACTOR);
    private static final Miniature MINIATURE = Miniature.of(SETTINGS, Workers.measuredHere());
    private static final Trace LOAD = load(1);
    private static final Band SIMULATED = MINIATURE.band(SETTINGS, LOAD, BAND);

    private static Trace load(double times) {
        return SPIKE.times(times * 0.3 * MINIATURE.capacity().itemsPerSecond());
    }

    /** Courses that none of the simulations of the band is. */
    private static List<Run> courses(HpaSpec spec, Settings around, Trace load) {
        List<Run> all =
                new Simulation(spec, MINIATURE.capacity(), around)
                        .run(load, MINIATURE.variation(), BAND + 50);
        return all.subList(BAND, all.size());
    }

    private static boolean isRed(Run real) {
        return new Comparison(real, SIMULATED)
                .verdicts().stream()
                        .anyMatch(verdict -> verdict.outcome() == Verdict.Outcome.FAILS);
    }

    @Test
    void aCourseThatOnlyTheWorkersSpreadExplainsIsNotRed() {
        List<Run> courses = courses(MINIATURE.spec(), SETTINGS.around(), LOAD);
        assertThat(courses.stream().filter(BandTest::isRed)).isEmpty();
    }

    static Stream<Arguments> errors() {
        HpaSpec right = MINIATURE.spec();
        Settings around = SETTINGS.around();
        ControllerFlags flags = around.flags();
        return Stream.of(
                Arguments.of("at most four workers", right.withReplicas(2, 4), around),
                Arguments.of("never fewer than four", right.withReplicas(4, 6), around),
                Arguments.of("three times the CPU aimed at", cpu(right, 210), around),
                Arguments.of("a third of the CPU aimed at", cpu(right, 23), around),
                Arguments.of("scales down at once", down(right, Duration.ZERO), around),
                Arguments.of("scales down late", down(right, Duration.ofMinutes(10)), around),
                Arguments.of(
                        "decides every two minutes",
                        right,
                        around.withFlags(flags.withSyncPeriod(Duration.ofMinutes(2)))));
    }

    private static HpaSpec cpu(HpaSpec spec, int percent) {
        return spec.withMetrics(
                spec.metrics().stream()
                        .map(
                                metric ->
                                        metric instanceof MetricSpec.Resource(var name, var _)
                                                        && name.equals(MetricSpec.CPU)
                                                ? new MetricSpec.Resource(
                                                        name, new Target.Utilization(percent))
                                                : metric)
                        .toList());
    }

    private static HpaSpec down(HpaSpec spec, Duration window) {
        Behavior behavior = Objects.requireNonNull(spec.behavior());
        ScalingRules down = behavior.down();
        return spec.withBehavior(
                new Behavior(
                        behavior.up(),
                        new ScalingRules(
                                window, down.select(), down.policies(), down.tolerance())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void aClusterThatScalesOtherwiseThanThePolicySaysIsRed(
            String error, HpaSpec spec, Settings around) {
        List<Run> courses = courses(spec, around, LOAD);
        assertThat(courses.stream().filter(course -> !isRed(course))).isEmpty();
    }

    @Test
    void aLoadThatIsNotTheSimulatedOneIsRed() {
        List<Run> courses = courses(MINIATURE.spec(), SETTINGS.around(), load(0.25));
        assertThat(courses.stream().filter(course -> !isRed(course))).isEmpty();
    }

    @Test
    void whatIsOutsideIsToldPointByPoint() {
        Run middle = SIMULATED.middle();
        var points = new ArrayList<>(middle.points());
        Run.Point last = points.removeLast();
        points.add(new Run.Point(last.second(), 0, 0, 6, 6, 0));
        var odd = new Run("odd", points, 0, 0, 0, 0, middle.podsMax(), middle.changes(), 0, 0);
        assertThat(SIMULATED.outside(odd)).containsExactly(points.getLast());
        assertThat(new Comparison(odd, SIMULATED).verdicts())
                .filteredOn(verdict -> !verdict.holds())
                .extracting(Verdict::what)
                .containsExactly(
                        "replicas at the end, real",
                        "points of the real course where none of 200 simulations was within 30 s");
    }
}
