package io.gleaner.perf.autoscale.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.perf.autoscale.hpa.Proposal.Usage;
import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Object and External metrics: {@code GetObjectMetricReplicas}, {@code GetExternalMetricReplicas}
 * and their {@code ...PerPod...} kin in replica_calculator.go; most numbers stand in the tests of
 * the same names.
 */
class ValueMetricTableTest {

    private static final MetricId QUEUE = new MetricId("queue");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | kind | current | pods | series | target | replicas
                    a third over the target adds a third               | object   | 3 | 3*1                 | 20000     | 15000 | 4
                    two fifths under it take two fifths away           | object   | 5 | 5*1                 | 12000     | 20000 | 3
                    within the tolerance nothing changes               | object   | 3 | 3*1                 | 20666     | 20000 | 3
                    only pods that serve are multiplied                | object   | 3 | unready:1 1 unready:1 | 50000   | 10000 | 5
                    a lapsed pod does not serve                        | object   | 2 | 1 lapsed:1          | 30000     | 10000 | 3
                    a pod being deleted serves until it is gone        | object   | 2 | 1 ending:1          | 30000     | 10000 | 6
                    more than there are numbers is the largest         | object   | 3 | 3*1                 | max       | 1     | 2147483647
                    from nothing the ratio alone counts                | object   | 0 | extra:1             | 20000     | 15000 | 2
                    and no load asks for none                          | object   | 0 | extra:1             | 0         | 15000 | 0
                    unready pods turn more into fewer                  | external | 3 | unready:1 1 unready:1 | 8600    | 4400  | 2
                    two fifths under the target take two fifths away   | external | 5 | 5*1                 | 8600      | 14334 | 3
                    a little under it nothing changes                  | external | 3 | 3*1                 | 8600      | 8888  | 3
                    series are added up                                | external | 2 | 2*1                 | 5000 15000 | 10000 | 4
                    a negative series is subtracted                    | external | 2 | 2*1                 | 15000 -5000 | 10000 | 2
                    too much in two series is the largest number       | external | 3 | 3*1                 | max max   | 9223372036854775807 | 3
                    """)
    void ofAValueMultipliesThePodsThatServe(
            String sentence,
            String kind,
            int current,
            String pods,
            String series,
            long target,
            int replicas)
            throws ClusterException {
        var cluster = new TestCluster(current, pods).with("queue", series);
        assertThat(
                        CalculatorTable.propose(metric(kind, new Target.Value(target)), cluster)
                                .replicas())
                .as(sentence)
                .isEqualTo(replicas);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | kind | pods that there are | series | target | replicas | seen for each
                    the load over the target, whatever the pods       | external | 3 | 8600       | 2150 | 4 | 2867
                    fewer when there is less                          | external | 5 | 8600       | 2867 | 3 | 1720
                    within the tolerance nothing changes              | external | 3 | 8600       | 2900 | 3 | 2867
                    rounded up                                        | external | 1 | 2001       | 1000 | 3 | 2001
                    series are added up                               | external | 1 | 1000 2000  | 1000 | 3 | 3000
                    no load asks for none                             | external | 3 | 0          | 1000 | 0 | 0
                    from nothing it works as well                     | external | 0 | 20000      | 5000 | 4 | 0
                    and nothing stays nothing                         | external | 0 | 0          | 5000 | 0 | 0
                    more than there are numbers is the largest        | external | 1 | max        | 1    | 2147483647 | 9223372036854775807
                    as much as the target is near                     | external | 1 | max        | 9223372036854775807 | 1 | 9223372036854775807
                    a sum below nothing is taken for an overflow      | external | 3 | 0 -27      | 10   | 2147483647 | 9223372036854775807
                    also on its way to one above                      | external | 3 | -27 100    | 10   | 2147483647 | 9223372036854775807
                    a lag of minus one asks for all                   | external | 1 | -1000      | 5000 | 2147483647 | 9223372036854775807
                    a negative series after larger ones is subtracted | external | 3 | 100 -27    | 10   | 8 | 25
                    of an object nothing is taken for an overflow     | object   | 3 | -27        | 10   | -2 | -9
                    of an object the same                             | object   | 3 | 20000      | 5000 | 4 | 6667
                    of an object fewer                                | object   | 5 | 6000       | 2000 | 3 | 1200
                    of an object near                                 | object   | 4 | 20166      | 5000 | 4 | 5042
                    """)
    void ofAnAverageDividesTheLoad(
            String sentence,
            String kind,
            int pods,
            String series,
            long target,
            int replicas,
            long average)
            throws ClusterException {
        var cluster = new TestCluster(pods, "").with("queue", series);
        Proposal proposal =
                CalculatorTable.propose(metric(kind, new Target.AverageValue(target)), cluster);
        assertThat(proposal.replicas()).as(sentence).isEqualTo(replicas);
        assertThat(proposal.usage()).isEqualTo(new Usage.Average(average));
    }

    @Test
    void nearTheTargetAnAverageAsksForThePodsThatThereAreNotForThoseAskedFor()
            throws ClusterException {
        var cluster = new TestCluster(10, "").withStatusReplicas(3).with("queue", "3000");
        assertThat(
                        CalculatorTable.propose(
                                        metric("external", new Target.AverageValue(1000)), cluster)
                                .replicas())
                .isEqualTo(3);
    }

    @Test
    void aValueWithoutAnyPodIsAnError() {
        var cluster = new TestCluster(3, "").with("queue", "9000");
        assertThatThrownBy(
                        () ->
                                CalculatorTable.propose(
                                        metric("external", new Target.Value(1000)), cluster))
                .hasMessage("no pods returned by selector while calculating replica count");
    }

    @Test
    void anUnknownMetricIsAnError() {
        assertThatThrownBy(
                        () ->
                                CalculatorTable.propose(
                                        metric("external", new Target.AverageValue(1000)),
                                        new TestCluster(3, "3*1")))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("queue");
    }

    private static MetricSpec metric(String kind, Target.OfValue target) {
        return kind.equals("object")
                ? new MetricSpec.ObjectMetric("Ingress", "main", QUEUE, target)
                : new MetricSpec.External(QUEUE, target);
    }
}
