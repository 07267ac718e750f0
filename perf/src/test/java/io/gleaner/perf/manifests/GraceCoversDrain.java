package io.gleaner.perf.manifests;

import java.time.Duration;
import java.util.stream.Stream;

/** Nobody is killed in the midst: grace >= preStop + drain + what closes after that. */
final class GraceCoversDrain implements Rule {

    /** For what closes after the work: sockets, caches, Redis, pools. */
    private static final Duration REST = Duration.ofSeconds(10);

    /** What Kubernetes takes when nothing is said. */
    private static final int GRACE_DEFAULT = 30;

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.workloads()
                .filter(Workload::serves)
                .flatMap(it -> check(it, cluster.product().drain(it.roles())));
    }

    private static Stream<Finding> check(Workload workload, Duration drain) {
        int preStop =
                workload.containers().stream()
                        .map(it -> it.at("lifecycle", "preStop", "sleep", "seconds"))
                        .mapToInt(it -> it.integer().orElse(0))
                        .max()
                        .orElse(0);
        Place grace = workload.pod().at("spec", "terminationGracePeriodSeconds");
        long needed = preStop + drain.plus(REST).toSeconds();
        return grace.integer().orElse(GRACE_DEFAULT) < needed
                ? Stream.of(
                        grace.wrong(
                                "must be at least preStop %d s + drain %d s + %d s = %d: %s"
                                        .formatted(
                                                preStop,
                                                drain.toSeconds(),
                                                REST.toSeconds(),
                                                needed,
                                                grace.node())))
                : Stream.empty();
    }
}
