package io.gleaner.perf.manifests;

import java.util.stream.Stream;

/**
 * What is scaled is there, by one scaler only, and does not say a number of its own: each {@code
 * kubectl apply} would set it.
 */
final class ScaleTargetsExist implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return Stream.concat(
                cluster.scalers().flatMap(scaler -> target(cluster, scaler)),
                cluster.of("Deployment")
                        .filter(it -> it.at("spec", "replicas").isThere())
                        .filter(it -> cluster.scalersOf(it.name()).findAny().isPresent())
                        .map(it -> it.at("spec", "replicas").wrong("is what an autoscaler says")));
    }

    private static Stream<Finding> target(Cluster cluster, Manifest scaler) {
        Place name = scaler.at("spec", "scaleTargetRef", "name");
        if (cluster.find("Deployment", name.text()).isEmpty()) {
            return Stream.of(name.wrong("names no Deployment that is here: " + name.text()));
        }
        return cluster.scalersOf(name.text()).count() > 1
                ? Stream.of(name.wrong("is scaled by another one too: " + name.text()))
                : Stream.empty();
    }
}
