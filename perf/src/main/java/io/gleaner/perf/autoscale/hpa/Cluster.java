package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the controller reads and writes. All values are milli-units (a CPU is 1000, a byte is
 * 1000), since the controller counts with {@code Quantity.MilliValue()}.
 */
public interface Cluster {

    /** The scale subresource of the target. */
    Scale scale() throws ClusterException;

    /** Sets {@code spec.replicas} of the target. */
    void scaleTo(int replicas) throws ClusterException;

    /** The pods that the target's selector selects, whatever their state. */
    List<Pod> pods() throws ClusterException;

    /**
     * Usage by pod name, summed over containers, or of one container. A pod of which a container
     * has no sample is left out ({@code GetResourceMetric} in metrics/rest_metrics_client.go).
     *
     * @param container absent means all
     */
    Map<String, PodMetric> resourceMetric(String resource, @Nullable String container)
            throws ClusterException;

    /** A custom metric by pod name. */
    Map<String, PodMetric> podsMetric(MetricId metric) throws ClusterException;

    /** A custom metric of one object. */
    long objectMetric(MetricSpec.ObjectMetric metric) throws ClusterException;

    /** All series of an external metric; the controller adds them up. */
    List<Long> externalMetric(MetricId metric) throws ClusterException;
}
