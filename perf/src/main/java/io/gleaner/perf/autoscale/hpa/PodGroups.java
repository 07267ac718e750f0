package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which pods' samples count: {@code groupPods} in replica_calculator.go.
 *
 * @param ready how many count
 * @param unready pending, or their CPU sample is from before they served
 * @param missing they serve, for all that is known, but have no sample
 * @param ignored ending or ended
 */
record PodGroups(int ready, Set<String> unready, Set<String> missing, Set<String> ignored) {

    static PodGroups of(
            List<Pod> pods,
            Map<String, PodMetric> metrics,
            String resource,
            ControllerFlags flags,
            Instant now) {
        int ready = 0;
        Set<String> unready = new HashSet<>();
        Set<String> missing = new HashSet<>();
        Set<String> ignored = new HashSet<>();
        for (Pod pod : pods) {
            PodMetric metric = metrics.get(pod.name());
            if (pod.deleted() || pod.terminal()) {
                ignored.add(pod.name());
            } else if (pod.phase() == Pod.Phase.PENDING) {
                unready.add(pod.name());
            } else if (metric == null) {
                missing.add(pod.name());
            } else if (resource.equals(MetricSpec.CPU) && unready(pod, metric, flags, now)) {
                unready.add(pod.name());
            } else {
                ready++;
            }
        }
        return new PodGroups(ready, unready, missing, ignored);
    }

    // A young pod's sample counts once a whole window lies after it became ready; an old pod's
    // counts unless it has
    // never been ready: unready since so soon after its start that it cannot have been.
    private static boolean unready(Pod pod, PodMetric metric, ControllerFlags flags, Instant now) {
        Instant start = pod.startTime();
        Pod.Ready ready = pod.ready();
        if (start == null || ready == null) {
            return true;
        }
        boolean no = ready.status() == Pod.Status.FALSE;
        if (start.plus(flags.cpuInitializationPeriod()).isAfter(now)) {
            return no || metric.at().isBefore(ready.since().plus(metric.window()));
        }
        return no && start.plus(flags.initialReadinessDelay()).isAfter(ready.since());
    }
}
