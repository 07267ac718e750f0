package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a controller saw at one sync, so that it can be decided again. Metrics of single objects,
 * custom ones of pods and single containers are not kept.
 *
 * @param at when it looked
 * @param resources samples by resource and pod; empty where there were none
 * @param series of external metrics; empty where they could not be read
 */
public record Sight(
        Instant at,
        Scale scale,
        List<Pod> pods,
        Map<String, Map<String, PodMetric>> resources,
        Map<MetricId, List<Long>> series) {

    /** What becomes of a decision. */
    interface Scaling {
        void to(int replicas) throws ClusterException;
    }

    public Sight {
        pods = List.copyOf(pods);
        resources = Map.copyOf(resources);
        series = Map.copyOf(series);
    }

    /**
     * Looks.
     *
     * @param metrics that are read
     */
    static Sight of(Cluster cluster, Instant at, List<MetricSpec> metrics) throws ClusterException {
        Map<String, Map<String, PodMetric>> resources = new HashMap<>();
        Map<MetricId, List<Long>> series = new HashMap<>();
        for (String resource : List.of(MetricSpec.CPU, MetricSpec.MEMORY)) {
            resources.put(resource, cluster.resourceMetric(resource, null));
        }
        for (MetricSpec metric : metrics) {
            if (metric instanceof MetricSpec.External(var id, var _)) {
                series.put(id, read(cluster, id));
            }
        }
        return new Sight(at, cluster.scale(), cluster.pods(), resources, series);
    }

    private static List<Long> read(Cluster cluster, MetricId id) {
        try {
            return cluster.externalMetric(id);
        } catch (ClusterException e) {
            // The controller says of none what it says of one that cannot be read.
            return List.of();
        }
    }

    /** A cluster that stays as it was seen. */
    Cluster as(Scaling scaling) {
        return new Still(this, scaling);
    }

    private record Still(Sight seen, Scaling scaling) implements Cluster {

        @Override
        public Scale scale() {
            return seen.scale;
        }

        @Override
        public void scaleTo(int replicas) throws ClusterException {
            scaling.to(replicas);
        }

        @Override
        public List<Pod> pods() {
            return seen.pods;
        }

        @Override
        public Map<String, PodMetric> resourceMetric(String resource, @Nullable String container) {
            return seen.resources.getOrDefault(resource, Map.of());
        }

        @Override
        public Map<String, PodMetric> podsMetric(MetricId metric) throws ClusterException {
            throw notKept(metric);
        }

        @Override
        public long objectMetric(MetricSpec.ObjectMetric metric) throws ClusterException {
            throw notKept(metric.metric());
        }

        @Override
        public List<Long> externalMetric(MetricId metric) {
            return seen.series.getOrDefault(metric, List.of());
        }

        private static ClusterException notKept(MetricId metric) {
            return new ClusterException("nothing is known of the metric " + metric.name());
        }
    }
}
