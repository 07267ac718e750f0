package io.gleaner.perf.manifests;

import java.util.stream.Stream;

/**
 * ConfigMaps, Secrets and their keys, unless optional, and volumes, are there when they are named.
 */
final class ReferencesExist implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        Stream<Place> keys =
                Stream.concat(
                        cluster.workloads()
                                .flatMap(it -> it.containers().stream())
                                .flatMap(it -> it.at("env").items().stream())
                                .map(it -> it.at("valueFrom", "secretKeyRef")),
                        cluster.of("ServiceMonitor")
                                .flatMap(it -> it.at("spec", "endpoints").items().stream())
                                .map(it -> it.at("authorization", "credentials")));
        Stream<Finding> missingKeys =
                keys.filter(Place::isThere)
                        .filter(it -> !it.at("optional").node().asBoolean(false))
                        .filter(it -> !hasKey(cluster, it))
                        .map(it -> it.at("key").wrong("is no key of a Secret here: " + it.node()));
        Stream<Finding> missingMaps =
                cluster.workloads()
                        .flatMap(it -> it.containers().stream())
                        .flatMap(it -> it.at("envFrom").items().stream())
                        .map(it -> it.at("configMapRef", "name"))
                        .filter(it -> cluster.find("ConfigMap", it.text()).isEmpty())
                        .map(it -> it.wrong("names no ConfigMap that is here: " + it.text()));
        return Stream.of(missingKeys, missingMaps, cluster.workloads().flatMap(this::mounts))
                .flatMap(found -> found);
    }

    private static boolean hasKey(Cluster cluster, Place reference) {
        return cluster.find("Secret", reference.at("name").text())
                .filter(it -> it.at("stringData", reference.at("key").text()).isThere())
                .isPresent();
    }

    private Stream<Finding> mounts(Workload workload) {
        return workload.containers().stream()
                .flatMap(it -> it.at("volumeMounts").items().stream())
                .map(it -> it.at("name"))
                .filter(
                        mount ->
                                workload.pod().at("spec", "volumes").items().stream()
                                        .noneMatch(it -> it.at("name").text().equals(mount.text())))
                .map(it -> it.wrong("names no volume of the pod: " + it.text()));
    }
}
