package io.gleaner.perf.autoscale.hpa;

import static io.gleaner.perf.autoscale.hpa.Condition.Type.ABLE_TO_SCALE;
import static io.gleaner.perf.autoscale.hpa.Condition.Type.SCALING_ACTIVE;
import static io.gleaner.perf.autoscale.hpa.Condition.Type.SCALING_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.policy.Behavior;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.Target;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One look at a cluster: {@code reconcileAutoscaler} and {@code computeReplicasForMetrics} of
 * horizontal.go. CPU is to be at 50 %; {@code queue} has 10000 milli-units for each pod as its
 * target, and {@code -} means that it cannot be read. Windows are none, so that nothing is held
 * back. Conditions are AbleToScale, ScalingActive, ScalingLimited; {@code !} is false, {@code .}
 * not set.
 */
class SyncTableTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | metrics | current | min..max | pods | queue | replicas | able | active | limited
                    # --- bounds come before metrics
                    no replicas mean that it is off                     | cpu | 0  | 3..5 | extra:1 | - | 0 | SucceededGetScale | !ScalingDisabled | .
                    below the minimum no metric is asked                | cpu | 2  | 3..5 | extra:1 | - | 3 | SucceededRescale  | .                | .
                    above the maximum neither                           | cpu | 10 | 3..5 | extra:1 | - | 5 | SucceededRescale  | .                | .
                    # --- one metric
                    at the target nothing happens                       | cpu | 2 | 1..5 | 2*500/1000  | - | 2 | ReadyForNewScale | ValidMetricFound | !DesiredWithinRange
                    over it pods are added                              | cpu | 2 | 1..5 | 2*1000/1000 | - | 4 | SucceededRescale | ValidMetricFound | !DesiredWithinRange
                    under it pods are taken away                        | cpu | 4 | 1..5 | 4*250/1000  | - | 2 | SucceededRescale | ValidMetricFound | !DesiredWithinRange
                    the maximum cuts                                    | cpu | 3 | 2..5 | 3*2000/1000 | - | 5 | SucceededRescale | ValidMetricFound | TooManyReplicas
                    the minimum cuts                                    | cpu | 3 | 2..5 | 3*0/1000    | - | 2 | SucceededRescale | ValidMetricFound | TooFewReplicas
                    at the maximum already it stays limited             | cpu | 5 | 2..5 | 5*2000/1000 | - | 5 | ReadyForNewScale | ValidMetricFound | TooManyReplicas
                    at the minimum already too                          | cpu | 2 | 2..5 | 2*0/1000    | - | 2 | ReadyForNewScale | ValidMetricFound | TooFewReplicas
                    by default at most doubling or four more            | cpu | 2 | 1..90 | 2*9000/1000 | - | 6 | SucceededRescale | ValidMetricFound | ScaleUpLimit
                    an external metric alone decides as well            | queue | 2 | 1..5 | 2*1/1000 | 40000 | 4 | SucceededRescale | ValidMetricFound | !DesiredWithinRange
                    # --- several metrics
                    the one that asks for more counts                   | cpu queue | 2 | 1..9 | 2*1000/1000 | 50000 | 5 | SucceededRescale | ValidMetricFound | !DesiredWithinRange
                    in whatever order                                   | queue cpu | 2 | 1..9 | 2*1000/1000 | 50000 | 5 | SucceededRescale | ValidMetricFound | !DesiredWithinRange
                    an idle metric does not take away                   | cpu queue | 2 | 1..9 | 2*0/1000    | 20000 | 2 | ReadyForNewScale | ValidMetricFound | !DesiredWithinRange
                    when both are idle pods go                          | cpu queue | 4 | 1..9 | 4*100/1000  | 20000 | 2 | SucceededRescale | ValidMetricFound | !DesiredWithinRange
                    # --- metrics that cannot be read
                    none of them can: nothing happens                   | cpu       | 3 | 1..9 | 3*-/1000    | - | 3 | SucceededGetScale | !FailedGetResourceMetric | .
                    the reason is the first's                           | queue cpu | 3 | 1..9 | 3*-/1000    | - | 3 | SucceededGetScale | !FailedGetExternalMetric | .
                    one of them cannot: the other may add pods          | cpu queue | 2 | 1..9 | 2*1000/1000 | - | 4 | SucceededRescale  | ValidMetricFound | !DesiredWithinRange
                    or keep the number                                  | cpu queue | 2 | 1..9 | 2*500/1000  | - | 2 | ReadyForNewScale  | ValidMetricFound | !DesiredWithinRange
                    but not take any away                               | cpu queue | 4 | 1..9 | 4*100/1000  | - | 4 | SucceededGetScale | !FailedGetExternalMetric | .
                    a missing request stops the way down                | cpu queue | 4 | 1..9 | 4*100       | 10000 | 4 | SucceededGetScale | !FailedGetResourceMetric | .
                    a missing request does not stop the way up          | cpu queue | 4 | 1..9 | 4*100       | 80000 | 8 | SucceededRescale  | ValidMetricFound | !DesiredWithinRange
                    """)
    void decides(
            String sentence,
            String metrics,
            int current,
            String bounds,
            String pods,
            String queue,
            int replicas,
            String able,
            String active,
            String limited) {
        var cluster = new TestCluster(current, pods);
        if (!queue.equals("-")) {
            cluster.with("queue", queue);
        }
        Decision decision = hpa(metrics, bounds).sync(cluster);
        assertThat(cluster.replicas()).as(sentence).isEqualTo(replicas);
        assertThat(decision.desired()).isEqualTo(replicas);
        assertThat(decision.rescaled()).isEqualTo(replicas != current);
        assertThat(decision.reason().isEmpty()).isEqualTo(replicas == current);
        assertThat(shown(decision, ABLE_TO_SCALE)).isEqualTo(able);
        assertThat(shown(decision, SCALING_ACTIVE)).isEqualTo(active);
        assertThat(shown(decision, SCALING_LIMITED)).isEqualTo(limited);
    }

    @Test
    void saysHowManyMetricsCouldNotBeReadEvenWhenItScales() {
        Decision decision = hpa("cpu queue", "1..9").sync(new TestCluster(2, "2*1000/1000"));
        assertThat(decision.desired()).isEqualTo(4);
        assertThat(decision.error())
                .startsWith("invalid metrics (1 invalid out of 2), first error is: ");
    }

    @Test
    void saysWhichMetricItFollowed() {
        var cluster = new TestCluster(2, "2*1000/1000").with("queue", "50000");
        Decision decision = hpa("cpu queue", "1..9").sync(cluster);
        assertThat(decision.reason()).isEqualTo("external metric queue above target");
        assertThat(decision.proposals()).extracting(Proposal::replicas).containsExactly(4, 5);
    }

    @Test
    void aScaleThatCannotBeWrittenIsACondition() {
        var cluster = new TestCluster(2, "2*1000/1000").whoseScaleFails("conflict");
        Decision decision = hpa("cpu", "1..9").sync(cluster);
        assertThat(decision.rescaled()).isFalse();
        assertThat(decision.error()).isEqualTo("conflict");
        assertThat(shown(decision, ABLE_TO_SCALE)).isEqualTo("!FailedUpdateScale");
    }

    private static Hpa hpa(String metrics, String bounds) {
        List<MetricSpec> specs = new ArrayList<>();
        for (String metric : metrics.split(" ", -1)) {
            specs.add(
                    metric.equals("cpu")
                            ? new MetricSpec.Resource(MetricSpec.CPU, new Target.Utilization(50))
                            : new MetricSpec.External(
                                    new MetricId("queue"), new Target.AverageValue(10_000)));
        }
        String[] parts = bounds.split("\\.\\.", -1);
        var spec =
                new HpaSpec(
                        "hpa",
                        "worker",
                        Integer.parseInt(parts[0]),
                        Integer.parseInt(parts[1]),
                        specs,
                        new Behavior(Rules.up("default"), Rules.down("window 0")));
        return new Hpa(spec, ControllerFlags.DEFAULT, InstantSource.fixed(TestCluster.NOW));
    }

    private static String shown(Decision decision, Condition.Type type) {
        Condition condition = decision.conditions().get(type);
        return condition == null
                ? "."
                : (condition.status() ? "" : "!") + Objects.requireNonNull(condition).reason();
    }
}
