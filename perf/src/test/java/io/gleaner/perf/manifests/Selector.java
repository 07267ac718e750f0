package io.gleaner.perf.manifests;

import java.util.Map;

/** A label selector: {@code LabelSelector} of meta/v1. */
record Selector(Place place) {

    /** An empty selector matches everything. */
    boolean matches(Map<String, String> labels) {
        return matchesAll(place.at("matchLabels").texts(), labels)
                && place.at("matchExpressions").items().stream()
                        .allMatch(expression -> matches(expression, labels));
    }

    static boolean matchesAll(Map<String, String> wanted, Map<String, String> labels) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    private static boolean matches(Place expression, Map<String, String> labels) {
        String key = expression.at("key").text();
        boolean among =
                expression.at("values").items().stream()
                        .anyMatch(value -> value.text().equals(labels.get(key)));
        return switch (expression.at("operator").text()) {
            case "In" -> among;
            case "NotIn" -> !among;
            case "Exists" -> labels.containsKey(key);
            case "DoesNotExist" -> !labels.containsKey(key);
            default -> false;
        };
    }
}
