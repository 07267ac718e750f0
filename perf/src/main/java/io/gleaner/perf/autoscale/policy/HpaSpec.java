package io.gleaner.perf.autoscale.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A HorizontalPodAutoscaler of autoscaling/v2.
 *
 * @param name of the object
 * @param target name of the Deployment that it scales
 * @param minReplicas at least 1: scaling to zero is behind the alpha gate HPAScaleToZero and not
 *     modelled
 * @param metrics the largest proposal wins; without any, CPU at 80 % of the requests, as {@code
 *     SetDefaults_HorizontalPodAutoscaler} has it
 * @param behavior absent means the rules of before {@code behavior} existed: at most doubling (or 4
 *     pods) in one sync
 */
public record HpaSpec(
        String name,
        String target,
        int minReplicas,
        int maxReplicas,
        List<MetricSpec> metrics,
        @Nullable Behavior behavior) {

    /** {@code DefaultCPUUtilization} of pkg/apis/autoscaling. */
    private static final int CPU_PERCENT_DEFAULT = 80;

    public HpaSpec {
        if (minReplicas < 1) {
            throw new IllegalArgumentException("minReplicas must be at least 1: " + minReplicas);
        }
        if (maxReplicas < minReplicas) {
            throw new IllegalArgumentException(
                    "maxReplicas must be at least minReplicas (%d): %d"
                            .formatted(minReplicas, maxReplicas));
        }
        metrics =
                metrics.isEmpty()
                        ? List.of(
                                new MetricSpec.Resource(
                                        MetricSpec.CPU,
                                        new Target.Utilization(CPU_PERCENT_DEFAULT)))
                        : List.copyOf(metrics);
    }

    /** The same with other bounds. */
    public HpaSpec withReplicas(int min, int max) {
        return new HpaSpec(name, target, min, max, metrics, behavior);
    }

    /** The same with other metrics. */
    public HpaSpec withMetrics(List<MetricSpec> others) {
        return new HpaSpec(name, target, minReplicas, maxReplicas, others, behavior);
    }

    /** The same with another behaviour. */
    public HpaSpec withBehavior(@Nullable Behavior other) {
        return new HpaSpec(name, target, minReplicas, maxReplicas, metrics, other);
    }
}
