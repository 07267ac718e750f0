package io.gleaner.perf.manifests;

import java.util.Map;
import java.util.stream.Stream;

/** No root, no writing but to volumes, no rights that are not needed ("restricted" pods). */
final class ContainersAreConfined implements Rule {

    private static final Map<String, String> POD =
            Map.of(
                    "spec.securityContext.runAsNonRoot", "true",
                    "spec.securityContext.seccompProfile.type", "RuntimeDefault",
                    "spec.automountServiceAccountToken", "false");
    private static final Map<String, String> CONTAINER =
            Map.of(
                    "securityContext.readOnlyRootFilesystem", "true",
                    "securityContext.allowPrivilegeEscalation", "false");

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.workloads()
                .flatMap(
                        workload ->
                                Stream.concat(
                                        demand(workload.pod(), POD),
                                        workload.containers().stream()
                                                .flatMap(ContainersAreConfined::container)));
    }

    private static Stream<Finding> container(Place container) {
        Place drop = container.at("securityContext", "capabilities", "drop");
        boolean dropsAll = drop.items().stream().anyMatch(it -> it.text().equals("ALL"));
        return Stream.concat(
                demand(container, CONTAINER),
                dropsAll ? Stream.empty() : Stream.of(drop.wrong("must have ALL")));
    }

    private static Stream<Finding> demand(Place place, Map<String, String> values) {
        return values.entrySet().stream()
                .filter(it -> !place.at(it.getKey().split("\\.")).text().equals(it.getValue()))
                .map(it -> place.at(it.getKey().split("\\.")).wrong("must be " + it.getValue()));
    }
}
