package io.gleaner.perf.autoscale.policy;

import java.util.Map;

/**
 * A metric of the custom or external metrics API: {@code MetricIdentifier} of autoscaling/v2.
 *
 * @param matchLabels of its selector; {@code matchExpressions} are not supported
 */
public record MetricId(String name, Map<String, String> matchLabels) {

    public MetricId {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a metric needs a name");
        }
        matchLabels = Map.copyOf(matchLabels);
    }

    /** The metric without a selector. */
    public MetricId(String name) {
        this(name, Map.of());
    }
}
