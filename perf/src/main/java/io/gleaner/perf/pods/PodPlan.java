package io.gleaner.perf.pods;

import io.gleaner.perf.process.Service;
import java.time.Duration;

/**
 * What a Deployment's template says of its pods.
 *
 * @param program starts the process of a pod, on a database that is not its own
 * @param endpoints where ready pods are listed; of its own for pods that no proxy sends to
 * @param probePeriod between two readiness probes
 */
public record PodPlan(Program program, Endpoints endpoints, Grace grace, Duration probePeriod) {

    private static final Duration PROBE_PERIOD = Duration.ofSeconds(1);

    /** Starts {@code gleaner serve}. */
    public interface Program {
        /**
         * @param pod its name
         * @throws InterruptedException when it shall not be started after all; its process has
         *     ended
         */
        Service start(String pod) throws InterruptedException;
    }

    /** Probed every second. */
    public static PodPlan of(Program program, Endpoints endpoints, Grace grace) {
        return new PodPlan(program, endpoints, grace, PROBE_PERIOD);
    }

    /** The same pods with another program, such as another version. */
    public PodPlan with(Program other) {
        return new PodPlan(other, endpoints, grace, probePeriod);
    }
}
