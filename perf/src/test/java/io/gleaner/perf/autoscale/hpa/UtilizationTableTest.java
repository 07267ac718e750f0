package io.gleaner.perf.autoscale.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.perf.autoscale.hpa.Proposal.Usage;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Utilization targets: {@code GetResourceReplicas} of replica_calculator.go. Cases with the same
 * numbers stand in {@code TestReplicaCalcResourceScale}, {@code ...MissingMetrics} and {@code
 * ...Tolerance} of replica_calculator_test.go; the others follow from the code. {@link TestCluster}
 * explains how pods are written.
 */
class UtilizationTableTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | current | pods | target % | replicas | seen %
                    # --- up
                    three busy pods become five                               | 3 | 300/1000 500/1000 700/1000                       | 30  | 5  | 50
                    the number is rounded up                                  | 2 | 2*700/1000                                       | 50  | 3  | 70
                    twice the target doubles                                  | 5 | 5*1000/1000                                      | 50  | 10 | 100
                    over the request counts too                               | 1 | 2000/1000                                        | 100 | 2  | 200
                    a pod that was never ready slows the way up               | 3 | unready:300/1000 500/1000 700/1000               | 30  | 4  | 60
                    a pod that has just started slows it too                  | 3 | young:300/1000 500/1000 700/1000                 | 30  | 4  | 60
                    unready pods can take back all of the rise                | 3 | 400/1000 2*unready:500/1000                      | 30  | 3  | 40
                    a pod that was ready once counts though it is not now     | 3 | lapsed:300/1000 500/1000 700/1000                | 30  | 5  | 50
                    failed pods do not count                                  | 2 | 500/1000 700/1000 2*failed:-/1000                | 30  | 4  | 60
                    ended pods do not count                                   | 2 | 500/1000 700/1000 2*done:-/1000                  | 30  | 4  | 60
                    pods being deleted do not count                           | 2 | 500/1000 700/1000 2*ending:-/1000                | 30  | 4  | 60
                    nor do the samples of pods being deleted                  | 2 | 500/1000 700/1000 2*ending:9000/1000             | 30  | 4  | 60
                    samples of unknown pods do not change what is seen        | 4 | 4000/1000 9500/1000 3000/1000 7000/1000 extra:3200 extra:2000 | 100 | 24 | 587
                    # --- down
                    five idle pods become three                               | 5 | 100/1000 300/1000 500/1000 2*250/1000            | 50  | 3  | 28
                    no use at all asks for none                               | 3 | 0/900 0/1000 0/1100                              | 90  | 0  | 0
                    unready pods do not count on the way down                 | 5 | 100/1000 300/1000 500/1000 2*unready:250/1000    | 50  | 2  | 30
                    nor do pods that have just started                        | 5 | 100/1000 300/1000 500/1000 2*young:250/1000      | 50  | 2  | 30
                    nor do pending pods                                       | 5 | 100/1000 4*pending:-/1000                        | 50  | 1  | 10
                    nor do failed pods                                        | 5 | 100/1000 300/1000 500/1000 2*250/1000 2*failed:-/1000 | 50 | 3 | 28
                    nor do pods being deleted                                 | 5 | 100/1000 300/1000 500/1000 2*250/1000 2*ending:-/1000 | 50 | 3 | 28
                    sums are divided, shares are not averaged                 | 2 | 900/1000 100/3000                                | 50  | 1  | 25
                    # --- pods without a sample
                    on the way down they use their whole request              | 4 | 400/1000 95/1000 2*-/1000                        | 100 | 3  | 24
                    at the target they change nothing                         | 2 | 1000/1000 -/1000                                 | 100 | 2  | 100
                    on the way up they use nothing, here within the tolerance | 2 | 1900/1000 -/1000                                 | 100 | 2  | 190
                    on the way up they use nothing, here it is not enough     | 2 | 2600/1000 -/1000                                 | 100 | 3  | 260
                    one idle pod and one unknown stay two                     | 2 | 600/1000 -/1000                                  | 100 | 2  | 60
                    a guess never turns down into up                          | 3 | unready:100/1000 450/1000 -/1000                 | 50  | 3  | 45
                    a guess never turns up into down                          | 3 | 600/1000 2*-/1000                                | 50  | 3  | 60
                    unready and missing pods both damp the way up             | 3 | unready:100/1000 2000/1000 -/1000                | 50  | 4  | 200
                    only missing pods damp the way down                       | 4 | unready:100/1000 2*100/1000 -/1000               | 50  | 3  | 10
                    a target over 100 % is what they use on the way down      | 4 | unready:200/1000 100/1000 100/2000 -/2000        | 300 | 2  | 6
                    the extra pod of a rollout does not scale up on the way down | 2 | 2*100/1000 -/1000                             | 50  | 2  | 10
                    # --- truncation and tolerance
                    whole percent are compared, so 55.9 % is 55 % and near    | 1 | 559/1000                                         | 50  | 1  | 55
                    and 56 % is not                                           | 1 | 560/1000                                         | 50  | 2  | 56
                    a ratio of exactly 1.1 is near                            | 10 | 10*550/1000                                     | 50  | 10 | 55
                    a ratio of exactly 0.9 is near                            | 10 | 10*450/1000                                     | 50  | 10 | 45
                    a ratio of 0.88 is not                                    | 10 | 10*440/1000                                     | 50  | 9  | 44
                    0.6 % of use is 0 % and asks for none                     | 3 | 3*6/1000                                         | 50  | 0  | 0
                    """)
    void asksForReplicas(
            String sentence, int current, String pods, int target, int replicas, int percent)
            throws ClusterException {
        Proposal proposal = CalculatorTable.propose(cpu(target), new TestCluster(current, pods));
        assertThat(proposal.replicas()).as(sentence).isEqualTo(replicas);
        assertThat(proposal.usage())
                .isInstanceOfSatisfying(
                        Usage.Percent.class,
                        usage -> assertThat(usage.percent()).isEqualTo(percent));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | pods | message
                    without any sample nothing is known                 | 2*-/1000              | no metrics returned from resource metrics API
                    samples of unready pods are none                    | unready:100/1000      | did not receive metrics for targeted pods (pods might be unready)
                    samples of other pods only are none                 | -/1000 extra:100      | no metrics returned matched known pods
                    requests of nothing cannot be divided by            | 100/0                 | no metrics returned matched known pods
                    a selector without pods is an error                 | extra:100             | no pods returned by selector while calculating replica count
                    a share of no request cannot be told                | 200                   | missing request for cpu in container main of Pod pod-0-0
                    one pod without a request spoils the others         | 200/1000 200          | missing request for cpu in container main of Pod pod-1-1
                    even one that has failed                            | 500/1000 failed:-     | missing request for cpu in container main of Pod pod-1-1
                    """)
    void saysWhyThereIsNone(String sentence, String pods, String message) {
        assertThatThrownBy(() -> CalculatorTable.propose(cpu(50), new TestCluster(1, pods)))
                .as(sentence)
                .isInstanceOf(ClusterException.class)
                .hasMessage(message);
    }

    private static MetricSpec cpu(int percent) {
        return new MetricSpec.Resource(MetricSpec.CPU, new Target.Utilization(percent));
    }
}
