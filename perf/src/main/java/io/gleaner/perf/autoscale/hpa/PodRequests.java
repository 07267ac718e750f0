package io.gleaner.perf.autoscale.hpa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pods request: {@code calculateRequests} in replica_calculator.go, without pod-level
 * requests.
 */
final class PodRequests {

    private PodRequests() {}

    /**
     * Milli-units by pod name.
     *
     * @param container absent means the sum of all
     * @throws ClusterException a container has no request, or no pod has the container; a single
     *     one spoils them all
     */
    static Map<String, Long> of(List<Pod> pods, String resource, @Nullable String container)
            throws ClusterException {
        Map<String, Long> requests = new HashMap<>();
        for (Pod pod : pods) {
            requests.put(pod.name(), of(pod, resource, container));
        }
        return requests;
    }

    private static long of(Pod pod, String resource, @Nullable String container)
            throws ClusterException {
        long sum = 0;
        boolean found = false;
        for (Pod.Container one : pod.containers()) {
            if (container == null || container.equals(one.name())) {
                found = true;
                Long request = one.requests().get(resource);
                if (request == null) {
                    throw new ClusterException(
                            "missing request for %s in container %s of Pod %s"
                                    .formatted(resource, one.name(), pod.name()));
                }
                sum += request;
            }
        }
        if (container != null && !found) {
            throw new ClusterException(
                    "container %s not found in Pod %s".formatted(container, pod.name()));
        }
        return sum;
    }
}
