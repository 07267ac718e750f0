package io.gleaner.perf.autoscale.policy;

/** One metric to scale by: {@code MetricSpec} of autoscaling/v2. */
public sealed interface MetricSpec {

    /** The resource that CPU-only rules apply to. */
    String CPU = "cpu";

    String MEMORY = "memory";

    /** Usage of all containers of each pod, from metrics.k8s.io. */
    record Resource(String resource, Target.OfResource target) implements MetricSpec {}

    /** Usage of one container of each pod, from metrics.k8s.io. Stable since Kubernetes 1.30. */
    record ContainerResource(String resource, String container, Target.OfResource target)
            implements MetricSpec {}

    /** A metric that every pod reports, from custom.metrics.k8s.io. */
    record Pods(MetricId metric, Target.AverageValue target) implements MetricSpec {}

    /**
     * A metric of one object, from custom.metrics.k8s.io.
     *
     * @param kind of the object, such as Ingress
     * @param name of the object
     */
    record ObjectMetric(String kind, String name, MetricId metric, Target.OfValue target)
            implements MetricSpec {}

    /** A metric that belongs to no object of the cluster, from external.metrics.k8s.io. */
    record External(MetricId metric, Target.OfValue target) implements MetricSpec {}

    /** What the metric is called in reasons and reports. */
    default String label() {
        return switch (this) {
            case Resource it -> it.resource();
            case ContainerResource it -> it.resource() + " of container " + it.container();
            case Pods it -> "pods metric " + it.metric().name();
            case ObjectMetric it -> it.kind() + " metric " + it.metric().name();
            case External it -> "external metric " + it.metric().name();
        };
    }
}
