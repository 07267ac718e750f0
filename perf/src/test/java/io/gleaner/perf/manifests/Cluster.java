package io.gleaner.perf.manifests;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What one overlay brings to a cluster.
 *
 * @param adapter values of prometheus-adapter
 */
record Cluster(List<Manifest> manifests, Place adapter, Product product) {

    Stream<Manifest> of(String kind) {
        return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    Optional<Manifest> find(String kind, String name) {
        return manifests.stream().filter(manifest -> manifest.is(kind, name)).findFirst();
    }

    Stream<Workload> workloads() {
        return manifests.stream().filter(Workload::is).map(Workload::of);
    }

    /** What changes the number of a Deployment's pods. */
    Stream<Manifest> scalersOf(String deployment) {
        return scalers()
                .filter(it -> it.at("spec", "scaleTargetRef", "name").text().equals(deployment));
    }

    Stream<Manifest> scalers() {
        return Stream.concat(of("HorizontalPodAutoscaler"), of("ScaledObject"));
    }

    /** The fewest pods that a Deployment has while there is anything to do. */
    int replicasMin(Manifest deployment) {
        OptionalInt fixed = deployment.at("spec", "replicas").integer();
        return fixed.orElseGet(
                () ->
                        scalersOf(deployment.name())
                                .flatMap(
                                        scaler ->
                                                Stream.of(
                                                        scaler.at("spec", "minReplicas"),
                                                        scaler.at("spec", "minReplicaCount")))
                                .flatMapToInt(min -> min.integer().stream())
                                .map(min -> Math.max(1, min))
                                .findFirst()
                                .orElse(1));
    }
}
