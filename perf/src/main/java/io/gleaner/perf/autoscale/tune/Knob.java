package io.gleaner.perf.autoscale.tune;

import io.gleaner.perf.autoscale.policy.Behavior;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.ScalingPolicy;
import io.gleaner.perf.autoscale.policy.ScalingRules;
import io.gleaner.perf.autoscale.policy.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One property of a policy and the values to try.
 *
 * @param name what a table calls it
 */
record Knob(String name, List<Turn> turns) {

    private static final long MILLI = 1000;

    /** One value. */
    record Turn(String label, UnaryOperator<HpaSpec> applied) {}

    /**
     * All knobs of a policy. The minimum is never turned below the policy's own, which is there for
     * other reasons than load.
     */
    static List<Knob> of(HpaSpec start) {
        int floor = start.minReplicas();
        return List.of(
                ints(
                        "CPU target, %",
                        spec -> percent -> withCpu(spec, percent), 50, 60, 70, 80, 90),
                ints(
                        "queue for each pod",
                        spec -> items -> withQueue(spec, items),
                        500,
                        1000,
                        2000,
                        3000,
                        5000,
                        10_000),
                ints(
                        "minReplicas",
                        spec -> min -> spec.withReplicas(min, Math.max(min, spec.maxReplicas())),
                        floor,
                        floor + 1,
                        floor + 2),
                ints(
                        "maxReplicas",
                        spec -> max -> spec.withReplicas(Math.min(max, spec.minReplicas()), max),
                        10,
                        12,
                        15,
                        20,
                        30,
                        40),
                ints(
                        "window up, s",
                        spec -> s -> withUp(spec, seconds(s), up(spec).policies()),
                        0,
                        30,
                        60),
                ints(
                        "window down, s",
                        spec -> s -> withDown(spec, seconds(s), down(spec).policies()),
                        60,
                        120,
                        180,
                        300,
                        600,
                        900),
                new Knob(
                        "up at most in 15 s",
                        List.of(upBy(50, 2), upBy(100, 4), upBy(200, 8), upBy(400, 16))),
                new Knob(
                        "down at most",
                        List.of(downBy(10, 60), downBy(25, 60), downBy(50, 60), downBy(100, 15))));
    }

    private interface Setting {
        IntFunction<HpaSpec> on(HpaSpec spec);
    }

    private static Knob ints(String name, Setting setting, int... values) {
        return new Knob(
                name,
                IntStream.of(values)
                        .mapToObj(
                                value ->
                                        new Turn(
                                                Integer.toString(value),
                                                spec -> setting.on(spec).apply(value)))
                        .toList());
    }

    private static Turn upBy(int percent, int pods) {
        Duration period = seconds(15);
        return new Turn(
                percent + " % or " + pods,
                spec ->
                        withUp(
                                spec,
                                window(up(spec)),
                                List.of(
                                        ScalingPolicy.percent(percent, period),
                                        ScalingPolicy.pods(pods, period))));
    }

    private static Turn downBy(int percent, int periodSeconds) {
        return new Turn(
                "%d %% in %d s".formatted(percent, periodSeconds),
                spec ->
                        withDown(
                                spec,
                                window(down(spec)),
                                List.of(ScalingPolicy.percent(percent, seconds(periodSeconds)))));
    }

    private static HpaSpec withCpu(HpaSpec spec, int percent) {
        return withMetrics(
                spec,
                metric ->
                        metric instanceof MetricSpec.Resource it
                                        && it.resource().equals(MetricSpec.CPU)
                                ? new MetricSpec.Resource(
                                        MetricSpec.CPU, new Target.Utilization(percent))
                                : metric);
    }

    private static HpaSpec withQueue(HpaSpec spec, int items) {
        return withMetrics(
                spec,
                metric ->
                        metric instanceof MetricSpec.External it
                                ? new MetricSpec.External(
                                        it.metric(), new Target.AverageValue(items * MILLI))
                                : metric);
    }

    private static HpaSpec withMetrics(HpaSpec spec, UnaryOperator<MetricSpec> change) {
        List<MetricSpec> metrics = new ArrayList<>(spec.metrics());
        metrics.replaceAll(change);
        return spec.withMetrics(metrics);
    }

    private static Behavior behavior(HpaSpec spec) {
        return spec.behavior() == null ? Behavior.DEFAULT : spec.behavior();
    }

    private static ScalingRules up(HpaSpec spec) {
        return behavior(spec).up();
    }

    private static ScalingRules down(HpaSpec spec) {
        return behavior(spec).down();
    }

    private static HpaSpec withUp(HpaSpec spec, Duration window, List<ScalingPolicy> policies) {
        return spec.withBehavior(
                new Behavior(
                        new ScalingRules(window, up(spec).select(), policies, up(spec).tolerance()),
                        down(spec)));
    }

    private static HpaSpec withDown(HpaSpec spec, Duration window, List<ScalingPolicy> policies) {
        return spec.withBehavior(
                new Behavior(
                        up(spec),
                        new ScalingRules(
                                window, down(spec).select(), policies, down(spec).tolerance())));
    }

    private static Duration window(ScalingRules rules) {
        return rules.window() == null ? seconds(300) : rules.window();
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
