package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.hpa.Proposal.Usage;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.MetricSpec.ContainerResource;
import io.gleaner.perf.autoscale.policy.MetricSpec.External;
import io.gleaner.perf.autoscale.policy.MetricSpec.ObjectMetric;
import io.gleaner.perf.autoscale.policy.MetricSpec.Pods;
import io.gleaner.perf.autoscale.policy.MetricSpec.Resource;
import io.gleaner.perf.autoscale.policy.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replicas for one metric: {@code ReplicaCalculator} in replica_calculator.go. */
record ReplicaCalculator(PodSamples samples, Tolerances tolerances) {

    /**
     * {@code computeReplicasForMetric} in horizontal.go.
     *
     * @throws ClusterException this metric says nothing
     */
    Proposal propose(MetricSpec metric, Scale scale, Cluster cluster) throws ClusterException {
        return switch (metric) {
            case Resource it -> byResource(it, it.resource(), null, it.target(), scale, cluster);
            case ContainerResource it ->
                    byResource(it, it.resource(), it.container(), it.target(), scale, cluster);
            case Pods it ->
                    samples.byAverage(
                            it,
                            some(cluster.podsMetric(it.metric()), "custom"),
                            "",
                            it.target().milli(),
                            scale.specReplicas(),
                            cluster.pods());
            case ObjectMetric it ->
                    byValue(it, cluster.objectMetric(it), it.target(), scale, cluster);
            case External it ->
                    byValue(
                            it,
                            sum(cluster.externalMetric(it.metric()), it.target()),
                            it.target(),
                            scale,
                            cluster);
        };
    }

    // computeStatusForResourceMetricGeneric
    private Proposal byResource(
            MetricSpec metric,
            String resource,
            @Nullable String container,
            Target.OfResource target,
            Scale scale,
            Cluster cluster)
            throws ClusterException {
        Map<String, PodMetric> measured =
                some(cluster.resourceMetric(resource, container), "resource");
        List<Pod> pods = cluster.pods();
        return switch (target) {
            case Target.Utilization(int percent) ->
                    samples.byUtilization(
                            metric,
                            measured,
                            resource,
                            container,
                            percent,
                            scale.specReplicas(),
                            pods);
            case Target.AverageValue(long milli) ->
                    samples.byAverage(
                            metric, measured, resource, milli, scale.specReplicas(), pods);
        };
    }

    private Proposal byValue(
            MetricSpec metric, long used, Target.OfValue target, Scale scale, Cluster cluster)
            throws ClusterException {
        return switch (target) {
            case Target.Value(long milli) ->
                    new Proposal(
                            metric,
                            byRatio((double) used / milli, scale.specReplicas(), cluster),
                            new Usage.Total(used));
            case Target.AverageValue(long milli) -> perPod(metric, used, milli, scale);
        };
    }

    // getUsageRatioReplicaCount: readiness counts here for every kind of metric, and from 0
    // replicas the ratio alone.
    private int byRatio(double ratio, int current, Cluster cluster) throws ClusterException {
        if (current == 0) {
            return (int) Math.ceil(ratio);
        }
        if (tolerances.contain(ratio)) {
            return current;
        }
        List<Pod> pods = cluster.pods();
        if (pods.isEmpty()) {
            throw new ClusterException(
                    "no pods returned by selector while calculating replica count");
        }
        return (int) Math.ceil(ratio * pods.stream().filter(Pod::serves).count());
    }

    // GetObjectPerPodMetricReplicas, GetExternalPerPodMetricReplicas: by the pods that there are,
    // not by those asked for.
    // A cast of a double saturates in Java, as the controller does by hand.
    private Proposal perPod(MetricSpec metric, long used, long targetMilli, Scale scale) {
        int pods = scale.statusReplicas();
        double ratio = used / ((double) targetMilli * pods);
        int replicas =
                tolerances.contain(ratio) ? pods : (int) Math.ceil((double) used / targetMilli);
        return new Proposal(metric, replicas, new Usage.Average(average(used, pods)));
    }

    // getPerPodUsage
    private static long average(long used, int pods) {
        if ((double) used >= Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return pods == 0 ? 0 : (long) Math.ceil((double) used / pods);
    }

    private static long sum(List<Long> series, Target.OfValue target) throws ClusterException {
        if (series.isEmpty()) {
            throw new ClusterException("no metrics returned from external metrics API");
        }
        return switch (target) {
            case Target.Value _ -> sum(series);
            case Target.AverageValue _ -> sumForEach(series);
        };
    }

    // GetExternalPerPodMetricReplicas, since 1.34: a sum that is negative on its way is taken for
    // one that has overflowed, whatever made it so. A consumer's lag of -1 asks for all there may
    // be.
    private static long sumForEach(List<Long> series) {
        long sum = 0;
        for (long one : series) {
            sum += one;
            if (sum < 0) {
                return Long.MAX_VALUE;
            }
        }
        return sum;
    }

    // GetExternalMetricReplicas: what would overflow is the largest number there is.
    private static long sum(List<Long> series) {
        long sum = 0;
        for (long one : series) {
            if (one > 0 && sum > Long.MAX_VALUE - one) {
                return Long.MAX_VALUE;
            }
            sum += one;
        }
        return sum;
    }

    // GetResourceMetric, GetRawMetric in metrics/rest_metrics_client.go
    private static Map<String, PodMetric> some(Map<String, PodMetric> metrics, String api)
            throws ClusterException {
        if (metrics.isEmpty()) {
            throw new ClusterException("no metrics returned from %s metrics API".formatted(api));
        }
        return metrics;
    }
}
