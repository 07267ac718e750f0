package io.gleaner.perf.shapes;

import java.util.Map;
import java.util.function.Predicate;

/** The service's {@code /metrics} at one moment; sums over labels. */
record Metrics(Map<String, Double> samples) {

    static final Metrics NONE = new Metrics(Map.of());

    Metrics {
        samples = Map.copyOf(samples);
    }

    /** Sum over all label values, 0 when there is none. */
    double sum(String name) {
        return sum(name, labels -> true);
    }

    /** Sum over those with a label, like {@code pool="requests"}. */
    double sum(String name, String label) {
        return sum(name, labels -> labels.contains(label));
    }

    private double sum(String name, Predicate<String> labels) {
        return samples.entrySet().stream()
                .filter(sample -> isOf(sample.getKey(), name))
                .filter(sample -> labels.test(sample.getKey().substring(name.length())))
                .mapToDouble(Map.Entry::getValue)
                .filter(value -> !Double.isNaN(value))
                .sum();
    }

    boolean has(String name) {
        return samples.keySet().stream().anyMatch(key -> isOf(key, name));
    }

    private static boolean isOf(String key, String name) {
        return key.startsWith(name)
                && (key.length() == name.length() || key.charAt(name.length()) == '{');
    }
}
