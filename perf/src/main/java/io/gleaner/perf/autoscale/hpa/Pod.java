package io.gleaner.perf.autoscale.hpa;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the controller looks at in a pod.
 *
 * @param deleted it has a deletion timestamp: it is ending
 * @param startTime when the kubelet took it; absent while it is not scheduled
 * @param ready its Ready condition; absent before the kubelet has set one
 */
public record Pod(
        String name,
        Phase phase,
        boolean deleted,
        @Nullable Instant startTime,
        @Nullable Ready ready,
        List<Container> containers) {

    /** {@code status.phase}. */
    public enum Phase {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    /** Status of a condition. */
    public enum Status {
        TRUE,
        FALSE,
        UNKNOWN
    }

    /** The Ready condition and since when it has its status. */
    public record Ready(Status status, Instant since) {}

    /**
     * A container, or an init container that restarts (a sidecar).
     *
     * @param requests milli-units by resource
     */
    public record Container(String name, Map<String, Long> requests) {
        public Container {
            requests = Map.copyOf(requests);
        }
    }

    public Pod {
        containers = List.copyOf(containers);
    }

    /** Running and ready: {@code getReadyPodsCount} in replica_calculator.go. */
    boolean serves() {
        return phase == Phase.RUNNING && ready != null && ready.status() == Status.TRUE;
    }

    /** It will not come back: {@code podutil.IsPodTerminal}. */
    boolean terminal() {
        return phase == Phase.FAILED || phase == Phase.SUCCEEDED;
    }
}
