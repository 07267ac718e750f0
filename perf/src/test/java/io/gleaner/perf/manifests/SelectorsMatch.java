package io.gleaner.perf.manifests;

import java.util.Map;
import java.util.stream.Stream;

/** Whatever selects pods or Services selects some, and a Deployment its own. */
final class SelectorsMatch implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        Stream<Finding> own =
                cluster.workloads()
                        .flatMap(
                                workload ->
                                        selectorsOfItself(workload)
                                                .filter(it -> !matches(it, workload.labels()))
                                                .map(SelectorsMatch::nothing));
        Stream<Finding> others =
                Stream.of("PodDisruptionBudget", "NetworkPolicy", "Service")
                        .flatMap(cluster::of)
                        .map(SelectorsMatch::selector)
                        .filter(it -> cluster.workloads().noneMatch(w -> matches(it, w.labels())))
                        .map(SelectorsMatch::nothing);
        Stream<Finding> monitors =
                cluster.of("ServiceMonitor")
                        .map(SelectorsMatch::selector)
                        .filter(it -> cluster.of("Service").noneMatch(s -> matches(it, s.labels())))
                        .map(SelectorsMatch::nothing);
        return Stream.of(own, others, monitors).flatMap(found -> found);
    }

    private static Stream<Place> selectorsOfItself(Workload workload) {
        return Stream.concat(
                Stream.of(workload.manifest().at("spec", "selector")).filter(Place::isThere),
                workload.pod().at("spec", "topologySpreadConstraints").items().stream()
                        .map(constraint -> constraint.at("labelSelector")));
    }

    private static Place selector(Manifest manifest) {
        return manifest.at(
                "spec", manifest.kind().equals("NetworkPolicy") ? "podSelector" : "selector");
    }

    /** A Service's selector is a plain mapping. */
    private static boolean matches(Place selector, Map<String, String> labels) {
        boolean plain = selector.where().contains(", Service ");
        return plain
                ? Selector.matchesAll(selector.texts(), labels)
                : new Selector(selector).matches(labels);
    }

    private static Finding nothing(Place selector) {
        return selector.wrong("selects nothing: " + selector.node());
    }
}
