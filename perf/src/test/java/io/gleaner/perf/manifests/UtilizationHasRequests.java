package io.gleaner.perf.manifests;

import java.util.stream.Stream;

/** A share of a request can only be told where every container has one. */
final class UtilizationHasRequests implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.scalers()
                .flatMap(
                        scaler ->
                                resources(scaler)
                                        .flatMap(
                                                resource ->
                                                        containers(cluster, scaler)
                                                                .map(it -> request(it, resource))))
                .filter(request -> !request.isThere())
                .map(request -> request.wrong("is missing: an autoscaler takes a share of it"));
    }

    private static Place request(Place container, String resource) {
        return container.at("resources", "requests", resource);
    }

    private static Stream<String> resources(Manifest scaler) {
        Stream<String> ofHpa =
                scaler.at("spec", "metrics").items().stream()
                        .filter(it -> it.at("resource", "target", "averageUtilization").isThere())
                        .map(it -> it.at("resource", "name").text());
        Stream<String> ofKeda =
                scaler.at("spec", "triggers").items().stream()
                        .filter(it -> it.at("metricType").text().equals("Utilization"))
                        .map(it -> it.at("type").text());
        return Stream.concat(ofHpa, ofKeda);
    }

    private static Stream<Place> containers(Cluster cluster, Manifest scaler) {
        String target = scaler.at("spec", "scaleTargetRef", "name").text();
        return cluster.workloads()
                .filter(it -> it.manifest().is("Deployment", target))
                .flatMap(it -> it.containers().stream());
    }
}
