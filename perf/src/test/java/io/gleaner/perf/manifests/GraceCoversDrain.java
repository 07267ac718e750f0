package io.gleaner.perf.manifests;

import io.gleaner.app.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** Nobody is killed in the midst: grace >= preStop + delay + drain + what closes after that. */
final class GraceCoversDrain implements Rule {

    /** For what closes after the work: sockets, caches, Redis, pools. */
    private static final Duration REST = Duration.ofSeconds(10);

    private static final String DELAY = "GLEANER_SHUTDOWN_DELAY";

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
        Duration delay = shutdownDelay(workload);
        long needed = preStop + delay.plus(drain).plus(REST).toSeconds();
        String sum =
                "preStop %d s + delay %d s + drain %d s + %d s = %d"
                        .formatted(
                                preStop,
                                delay.toSeconds(),
                                drain.toSeconds(),
                                REST.toSeconds(),
                                needed);
        return grace.integer().orElse(GRACE_DEFAULT) < needed
                ? Stream.of(grace.wrong("must be at least %s: %s".formatted(sum, grace.node())))
                : Stream.empty();
    }

    private static Duration shutdownDelay(Workload workload) {
        return workload.containers().stream()
                .flatMap(it -> it.at("env").items().stream())
                .filter(it -> it.at("name").text().equals(DELAY))
                .map(it -> Settings.fromEnvironment(Map.of(DELAY, it.at("value").text())))
                .map(settings -> settings.shutdownDelay())
                .findAny()
                .orElse(Duration.ZERO);
    }
}
