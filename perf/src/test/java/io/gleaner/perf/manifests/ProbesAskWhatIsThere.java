package io.gleaner.perf.manifests;

import java.util.stream.Stream;

/**
 * Each server has all three probes, each at its own path, which the product answers, and on the
 * port that it answers whatever the API does.
 */
final class ProbesAskWhatIsThere implements Rule {

    private static final String PORT = "health";

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.workloads()
                .filter(Workload::serves)
                .flatMap(it -> it.containers().stream())
                .flatMap(
                        container ->
                                Stream.of(
                                                // Liveness must not ask of the database: a restart
                                                // brings none back.
                                                probe(cluster, container, "liveness", "live"),
                                                probe(cluster, container, "readiness", "ready"),
                                                probe(cluster, container, "startup", "started"))
                                        .flatMap(found -> found));
    }

    private static Stream<Finding> probe(
            Cluster cluster, Place container, String kind, String word) {
        Place get = container.at(kind + "Probe", "httpGet");
        String path = "/health/" + word;
        boolean portIsThere =
                container.at("ports").items().stream()
                        .anyMatch(it -> it.at("name").text().equals(get.at("port").text()));
        if (!cluster.product().paths().contains(get.at("path").text())) {
            return Stream.of(get.at("path").wrong("is no path of the product"));
        }
        if (!get.at("path").text().equals(path)) {
            return Stream.of(get.at("path").wrong("must be " + path));
        }
        if (!get.at("port").text().equals(PORT)) {
            return Stream.of(get.at("port").wrong("must be " + PORT));
        }
        return portIsThere
                ? Stream.empty()
                : Stream.of(get.at("port").wrong("is no port of the container"));
    }
}
