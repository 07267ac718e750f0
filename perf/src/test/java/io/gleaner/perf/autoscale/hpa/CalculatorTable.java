package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.InstantSource;

/** Asks the calculator for one metric at the table's moment. */
final class CalculatorTable {

    private CalculatorTable() {}

    static Proposal propose(MetricSpec metric, TestCluster cluster) throws ClusterException {
        return propose(metric, cluster, 0.1, 0.1);
    }

    static Proposal propose(MetricSpec metric, TestCluster cluster, double down, double up)
            throws ClusterException {
        var tolerances = new Tolerances(down, up);
        var samples =
                new PodSamples(
                        tolerances, ControllerFlags.DEFAULT, InstantSource.fixed(TestCluster.NOW));
        return new ReplicaCalculator(samples, tolerances).propose(metric, cluster.scale(), cluster);
    }
}
