package io.gleaner.perf.autoscale.policy;

import java.util.Map;

/** Reads one entry of {@code spec.metrics}. */
final class MetricFields {

    private static final int PERCENT_MAX = 100_000;

    /** The key that carries a metric of each type. */
    private static final Map<String, String> SOURCES =
            Map.of(
                    "Resource", "resource",
                    "ContainerResource", "containerResource",
                    "Pods", "pods",
                    "Object", "object",
                    "External", "external");

    private MetricFields() {}

    static MetricSpec metric(Field entry) {
        String key =
                entry.only("type", "resource", "containerResource", "pods", "object", "external")
                        .required("type")
                        .oneOf(SOURCES);
        SOURCES.values().stream()
                .filter(other -> !other.equals(key))
                .flatMap(other -> entry.maybe(other).stream())
                .forEach(
                        other -> {
                            throw other.refused("does not belong to a metric of this type");
                        });
        Field source = entry.required(key);
        return switch (key) {
            case "resource" -> {
                source.only("name", "target");
                yield new MetricSpec.Resource(resource(source), ofResource(source));
            }
            case "containerResource" -> {
                source.only("name", "container", "target");
                yield new MetricSpec.ContainerResource(
                        resource(source),
                        source.required("container").name(Names.LABEL),
                        ofResource(source));
            }
            case "pods" -> {
                source.only("metric", "target");
                yield new MetricSpec.Pods(id(source), average(target(source, "AverageValue")));
            }
            case "object" -> {
                source.only("describedObject", "metric", "target");
                Field object =
                        source.required("describedObject").only("apiVersion", "kind", "name");
                yield new MetricSpec.ObjectMetric(
                        object.required("kind").name(Names.PATH_SEGMENT),
                        object.required("name").name(Names.PATH_SEGMENT),
                        id(source),
                        ofValue(source));
            }
            default -> {
                source.only("metric", "target");
                yield new MetricSpec.External(id(source), ofValue(source));
            }
        };
    }

    private static String resource(Field source) {
        return source.required("name")
                .oneOf(Map.of("cpu", MetricSpec.CPU, "memory", MetricSpec.MEMORY));
    }

    private static MetricId id(Field source) {
        Field metric = source.required("metric").only("name", "selector");
        Map<String, String> labels =
                metric.maybe("selector")
                        .map(it -> it.only("matchLabels").required("matchLabels").labels())
                        .orElse(Map.of());
        return new MetricId(metric.required("name").name(Names.PATH_SEGMENT), labels);
    }

    private static Target.OfResource ofResource(Field source) {
        Field target = target(source, "Utilization", "AverageValue");
        return target.required("type").text().equals("Utilization")
                ? new Target.Utilization(
                        target.only("type", "averageUtilization")
                                .required("averageUtilization")
                                .integer(1, PERCENT_MAX))
                : average(target);
    }

    private static Target.OfValue ofValue(Field source) {
        Field target = target(source, "Value", "AverageValue");
        return target.required("type").text().equals("Value")
                ? new Target.Value(target.only("type", "value").required("value").quantity())
                : average(target);
    }

    private static Target.AverageValue average(Field target) {
        return new Target.AverageValue(
                target.only("type", "averageValue").required("averageValue").quantity());
    }

    /** The target, whose type is one of these. */
    private static Field target(Field source, String... types) {
        Field target = source.required("target");
        Field type = target.required("type");
        for (String one : types) {
            if (type.text().equals(one)) {
                return target;
            }
        }
        throw type.refused(
                "must be one of %s here: %s".formatted(String.join(", ", types), type.text()));
    }
}
