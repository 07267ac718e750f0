package io.gleaner.perf.autoscale.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.policy.Behavior;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.ScalingRules;
import io.gleaner.perf.autoscale.policy.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How near is near: {@code Tolerances}, {@code tolerancesForHpa}; {@code
 * TestReplicaCalcResourceTolerance} has most.
 */
class ToleranceTableTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | down | up | use in % of the target | replicas of 3
                    two percent more are near by default        | 0.1  | 0.1  | 102 | 3
                    ten percent more are still near             | 0.1  | 0.1  | 110 | 3
                    eleven are not                              | 0.1  | 0.1  | 111 | 4
                    ten percent less are still near             | 0.1  | 0.1  | 90  | 3
                    half of it is not                           | 0.1  | 0.1  | 50  | 2
                    without a tolerance one percent counts      | 0    | 0    | 101 | 4
                    exactly the target is always near           | 0    | 0    | 100 | 3
                    twice the target may be near                | 0.1  | 2    | 190 | 3
                    the tolerance downwards does not serve up   | 2    | 0.08 | 109 | 4
                    a third less may be near                    | 0.36 | 0.1  | 65  | 3
                    and may be too much                         | 0.34 | 0.1  | 65  | 2
                    the tolerance upwards does not serve down   | 0.1  | 2    | 65  | 2
                    """)
    void decides(String sentence, double down, double up, int use, int replicas)
            throws ClusterException {
        var cluster = new TestCluster(3, "3*" + use * 10 + "/1000");
        var cpu = new MetricSpec.Resource(MetricSpec.CPU, new Target.Utilization(100));
        assertThat(CalculatorTable.propose(cpu, cluster, down, up).replicas())
                .as(sentence)
                .isEqualTo(replicas);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
                    # sentence | of the policy down | up | gate | down | up
                    without any the flag holds                     | none | none | true  | 0.1  | 0.1
                    each direction has its own                     | 0.05 | 0    | true  | 0.05 | 0
                    one of them may be left to the flag            | none | 0.02 | true  | 0.1  | 0.02
                    before 1.35 the policy's are passed over       | 0.05 | 0    | false | 0.1  | 0.1
                    """)
    void comeFromThePolicyOrTheFlag(
            String sentence,
            @Nullable Double policyDown,
            @Nullable Double policyUp,
            boolean gate,
            double down,
            double up) {
        var behavior =
                new Behavior(
                        with(ScalingRules.UP_DEFAULT, policyUp),
                        with(ScalingRules.DOWN_DEFAULT, policyDown));
        var spec = new HpaSpec("hpa", "worker", 1, 10, List.of(), behavior);
        var flags =
                gate
                        ? ControllerFlags.DEFAULT
                        : ControllerFlags.DEFAULT.withoutConfigurableTolerance();
        assertThat(Tolerances.of(spec, flags)).as(sentence).isEqualTo(new Tolerances(down, up));
    }

    private static ScalingRules with(ScalingRules rules, @Nullable Double tolerance) {
        return new ScalingRules(rules.window(), rules.select(), rules.policies(), tolerance);
    }
}
