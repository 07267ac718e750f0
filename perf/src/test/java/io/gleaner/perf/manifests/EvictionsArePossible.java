package io.gleaner.perf.manifests;

import java.util.stream.Stream;

/** A disruption budget lets at least one pod go; otherwise no node can ever be drained. */
final class EvictionsArePossible implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.of("PodDisruptionBudget").flatMap(it -> check(cluster, it));
    }

    private static Stream<Finding> check(Cluster cluster, Manifest budget) {
        Place available = budget.at("spec", "minAvailable");
        Place unavailable = budget.at("spec", "maxUnavailable");
        if (available.isThere() == unavailable.isThere()) {
            return Stream.of(available.wrong("or maxUnavailable must be there, and only one"));
        }
        if (unavailable.isThere()) {
            return pods(unavailable, 100) < 1
                    ? Stream.of(unavailable.wrong("lets no pod go: " + unavailable.text()))
                    : Stream.empty();
        }
        return cluster.of("Deployment")
                .filter(
                        it ->
                                new Selector(budget.at("spec", "selector"))
                                        .matches(Workload.of(it).labels()))
                .mapToInt(cluster::replicasMin)
                .filter(replicas -> pods(available, replicas) >= replicas)
                .mapToObj(
                        replicas ->
                                available.wrong(
                                        "lets none of %d pods go: %s"
                                                .formatted(replicas, available.text())));
    }

    /** A number, or a share of the pods, rounded up as the controller does. */
    private static int pods(Place place, int replicas) {
        String text = place.text();
        return text.endsWith("%")
                ? Math.ceilDiv(
                        Integer.parseInt(text.substring(0, text.length() - 1)) * replicas, 100)
                : Integer.parseInt(text);
    }
}
