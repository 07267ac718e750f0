package io.gleaner.perf.manifests;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every External metric is one that prometheus-adapter makes of a metric that the product has. */
final class MetricsAreExported implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        Set<String> exported = cluster.product().metrics();
        Set<String> adapted =
                series(cluster).map(MetricsAreExported::name).collect(Collectors.toSet());
        Stream<Finding> unknown =
                series(cluster)
                        .filter(query -> !exported.contains(name(query)))
                        .map(query -> query.wrong("is in no /metrics: " + name(query)));
        Stream<Finding> unserved =
                cluster.of("HorizontalPodAutoscaler")
                        .flatMap(hpa -> hpa.at("spec", "metrics").items().stream())
                        .map(metric -> metric.at("external", "metric", "name"))
                        .filter(Place::isThere)
                        .filter(name -> !adapted.contains(name.text()))
                        .map(name -> name.wrong("has no rule of the adapter: " + name.text()));
        return Stream.concat(unknown, unserved);
    }

    private static Stream<Place> series(Cluster cluster) {
        return cluster.adapter().at("rules", "external").items().stream()
                .map(rule -> rule.at("seriesQuery"));
    }

    private static String name(Place query) {
        return query.text().replaceFirst("\\{.*", "");
    }
}
