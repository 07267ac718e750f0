package io.gleaner.perf.manifests;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The API's types say "text" where only some words mean anything; these are the words. */
final class WordsAreKnown implements Rule {

    /** By the end of the field's path, without positions in lists. */
    private static final Map<String, Set<String>> WORDS =
            Map.ofEntries(
                    Map.entry("strategy.type", Set.of("RollingUpdate", "Recreate")),
                    Map.entry(
                            "seccompProfile.type",
                            Set.of("RuntimeDefault", "Localhost", "Unconfined")),
                    Map.entry("policies.type", Set.of("Pods", "Percent")),
                    Map.entry("selectPolicy", Set.of("Max", "Min", "Disabled")),
                    Map.entry("triggers.type", Set.of("postgresql", "prometheus", "cpu", "memory")),
                    Map.entry("metricType", Set.of("AverageValue", "Value", "Utilization")),
                    Map.entry("policyTypes", Set.of("Ingress", "Egress")),
                    Map.entry("whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway")),
                    Map.entry("ports.protocol", Set.of("TCP", "UDP", "SCTP")),
                    Map.entry("restartPolicy", Set.of("Always", "OnFailure", "Never")),
                    Map.entry("imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
                    Map.entry("operator", Set.of("In", "NotIn", "Exists", "DoesNotExist")),
                    Map.entry("authorization.type", Set.of("Bearer")),
                    Map.entry("httpGet.scheme", Set.of("HTTP", "HTTPS")));

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.manifests().stream().flatMap(manifest -> everywhere(manifest.top()));
    }

    private static Stream<Finding> everywhere(Place place) {
        List<Place> inside =
                place.node().isArray() ? place.items() : List.copyOf(place.entries().values());
        return Stream.concat(here(place), inside.stream().flatMap(WordsAreKnown::everywhere));
    }

    private static Stream<Finding> here(Place place) {
        if (!place.node().isString()) {
            return Stream.empty();
        }
        String path = "." + place.path().replaceAll("\\[\\d+]", "");
        return WORDS.entrySet().stream()
                .filter(entry -> path.endsWith("." + entry.getKey()))
                .filter(entry -> !entry.getValue().contains(place.text()))
                .map(
                        entry ->
                                place.wrong(
                                        "must be one of %s: %s"
                                                .formatted(
                                                        entry.getValue().stream().sorted().toList(),
                                                        place.text())));
    }
}
