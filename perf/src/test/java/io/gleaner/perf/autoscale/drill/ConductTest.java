package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.hpa.ControllerFlags;
import io.gleaner.perf.autoscale.hpa.Scale;
import io.gleaner.perf.autoscale.hpa.Sight;
import io.gleaner.perf.autoscale.hpa.WatchedHpa;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The drill's policy and load, with workers as they were measured on an idle machine and as a drill
 * beside others has them: what follows from the policy, and what does not.
 */
class ConductTest {

    private static final int COURSES = 50;
    private static final DrillSettings SETTINGS = Shipped.drill(5);
    private static final ControllerFlags FLAGS = SETTINGS.around().flags();
    private static final Trace SPIKE =
            Trace.named("spike", 1).between(Duration.ofMinutes(9), Duration.ofMinutes(31));

    /** Workers, and the policy at their size. */
    record World(String name, Miniature miniature) {

        static Stream<World> all() {
            return Stream.of(
                    new World("alone", Miniature.of(SETTINGS, Workers.measuredHere())),
                    new World(
                            "beside others",
                            Miniature.of(SETTINGS, Workers.measuredBesideOthers())));
        }

        Trace load(double times) {
            return SPIKE.times(times * 0.3 * miniature.capacity().itemsPerSecond());
        }

        List<Simulation.Watched> courses(HpaSpec spec, Settings around, Trace load) {
            return new Simulation(spec, miniature.capacity(), around)
                    .watched(load, miniature.variation(), COURSES);
        }

        boolean isRed(Simulation.Watched course) {
            return verdicts(course).stream()
                    .anyMatch(verdict -> verdict.outcome() == Verdict.Outcome.FAILS);
        }

        List<Verdict> verdicts(Simulation.Watched course) {
            return Conduct.of(course.run(), course.syncs(), miniature.spec(), FLAGS, load(1))
                    .verdicts();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<World> worlds() {
        return World.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void noCourseOfThePolicyIsRed(World world) {
        assertThat(world.courses(world.miniature().spec(), SETTINGS.around(), world.load(1)))
                .noneMatch(world::isRed);
    }

    static Stream<Arguments> errors() {
        return World.all().flatMap(ConductTest::errors);
    }

    private static Stream<Arguments> errors(World world) {
        HpaSpec right = world.miniature().spec();
        Settings around = SETTINGS.around();
        return Stream.of(
                Arguments.of("at most four workers", world, right.withReplicas(2, 4), around),
                Arguments.of("never fewer than four", world, right.withReplicas(4, 6), around),
                Arguments.of("three times the CPU aimed at", world, cpu(right, 210), around),
                Arguments.of("a third of the CPU aimed at", world, cpu(right, 23), around),
                Arguments.of("scales down at once", world, down(right, Duration.ZERO), around),
                Arguments.of(
                        "scales down late", world, down(right, Duration.ofMinutes(10)), around),
                Arguments.of(
                        "decides every two minutes",
                        world,
                        right,
                        around.withFlags(FLAGS.withSyncPeriod(Duration.ofMinutes(2)))));
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

    /** Where the workers leave nothing to scale, another policy may decide the same. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("errors")
    void everyCourseThatAnotherPolicyMakesIsRed(
            String error, World world, HpaSpec spec, Settings around) {
        Trace load = world.load(1);
        List<Simulation.Watched> right =
                world.courses(world.miniature().spec(), SETTINGS.around(), load);
        List<Simulation.Watched> wrong = world.courses(spec, around, load);
        List<Integer> other =
                IntStream.range(0, COURSES)
                        .filter(n -> !wanted(wrong.get(n)).equals(wanted(right.get(n))))
                        .boxed()
                        .toList();
        assertThat(other).hasSizeGreaterThan(COURSES * 4 / 5);
        assertThat(other).allMatch(n -> world.isRed(wrong.get(n)));
    }

    private static List<Integer> wanted(Simulation.Watched course) {
        return course.run().points().stream().map(Run.Point::wanted).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void aLoadThatIsNotTheTracesIsRed(World world) {
        assertThat(world.courses(world.miniature().spec(), SETTINGS.around(), world.load(0.25)))
                .allMatch(world::isRed);
    }

    @Test
    void aClusterThatDoesNotScaleAsItIsToldIsRed() {
        World world = World.all().findFirst().orElseThrow();
        Simulation.Watched course =
                world.courses(world.miniature().spec(), SETTINGS.around(), world.load(1))
                        .getFirst();
        var syncs = new ArrayList<>(course.syncs());
        WatchedHpa.Sync last = syncs.removeLast();
        Sight seen = last.seen();
        var fewer = new Scale(seen.scale().specReplicas(), seen.scale().statusReplicas() - 1);
        syncs.add(
                new WatchedHpa.Sync(
                        new Sight(seen.at(), fewer, seen.pods(), seen.resources(), seen.series()),
                        last.wanted()));
        assertThat(world.verdicts(new Simulation.Watched(course.run(), syncs)))
                .filteredOn(verdict -> !verdict.holds())
                .extracting(Verdict::what)
                .contains("syncs that found other workers than were asked for");
    }
}
