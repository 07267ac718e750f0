package io.gleaner.perf.autoscale.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.perf.autoscale.hpa.Proposal.Usage;
import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * So much for each pod: {@code calcPlainMetricReplicas} of replica_calculator.go, for Pods metrics
 * and for resources with an AverageValue; {@code TestReplicaCalcPodMetric} of its test has cases
 * with the same numbers.
 */
class PodsMetricTableTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | metric | current | pods | target | replicas | average seen
                    a third over the target adds a third                     | pods   | 3 | 20000 10000 30000                  | 15000 | 4 | 20000
                    two fifths under it take two fifths away                 | pods   | 5 | 5*12000                            | 20000 | 3 | 12000
                    unready pods count in a custom metric                    | pods   | 3 | 50000 10000 unready:30000          | 15000 | 6 | 30000
                    even if only one is ready                                | pods   | 3 | unready:50000 15000 unready:30000  | 15000 | 7 | 31666
                    within the tolerance nothing changes                     | pods   | 3 | 20000 2*21000                      | 20000 | 3 | 20666
                    at the target missing pods change nothing                | pods   | 5 | 20000 19000 21000 2*-              | 20000 | 5 | 20000
                    on the way down a missing pod uses the target            | pods   | 3 | 2*10000 -                          | 20000 | 2 | 10000
                    on the way up a missing pod uses nothing                 | pods   | 2 | 40000 -                            | 10000 | 4 | 40000
                    a missing pod can take back all of the rise              | pods   | 2 | 13000 -                            | 10000 | 2 | 13000
                    the extra pod of a rollout does not scale up on the way down | pods | 2 | 2*10000 -                        | 17000 | 2 | 10000
                    pending pods do not count on the way down                | pods   | 3 | 5000 2*pending:-                   | 10000 | 1 | 5000
                    pending pods use nothing on the way up                   | pods   | 2 | 30000 pending:-                    | 10000 | 3 | 30000
                    pods being deleted do not count                          | pods   | 2 | 2*20000 ending:90000               | 10000 | 4 | 20000
                    the average is truncated to whole milli-units            | pods   | 3 | 1 1 3                              | 1     | 3 | 1
                    a target may be a fraction                               | pods   | 2 | 1500 500                           | 500   | 4 | 1000
                    of CPU in cores an unready pod does not count            | cpu    | 3 | unready:300 500 700                | 300   | 4 | 600
                    of memory in bytes it does                               | memory | 3 | unready:300 500 700                | 300   | 5 | 500
                    in cores no request is needed                            | cpu    | 2 | 2*900                              | 600   | 3 | 900
                    """)
    void asksForReplicas(
            String sentence,
            String metric,
            int current,
            String pods,
            long target,
            int replicas,
            long average)
            throws ClusterException {
        Proposal proposal =
                CalculatorTable.propose(metric(metric, target), new TestCluster(current, pods));
        assertThat(proposal.replicas()).as(sentence).isEqualTo(replicas);
        assertThat(proposal.usage()).isEqualTo(new Usage.Average(average));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    without any sample nothing is known      | pods   | -              | no metrics returned from custom metrics API
                    samples of pending pods are none         | pods   | pending:5000   | did not receive metrics for targeted pods (pods might be unready)
                    a selector without pods is an error      | memory | extra:5000     | no pods returned by selector while calculating replica count
                    """)
    void saysWhyThereIsNone(String sentence, String metric, String pods, String message) {
        assertThatThrownBy(
                        () ->
                                CalculatorTable.propose(
                                        metric(metric, 1000), new TestCluster(1, pods)))
                .as(sentence)
                .isInstanceOf(ClusterException.class)
                .hasMessage(message);
    }

    private static MetricSpec metric(String name, long target) {
        var average = new Target.AverageValue(target);
        return name.equals("pods")
                ? new MetricSpec.Pods(new MetricId("qps"), average)
                : new MetricSpec.Resource(name, average);
    }
}
