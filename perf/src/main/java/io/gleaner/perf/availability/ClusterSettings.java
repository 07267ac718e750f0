package io.gleaner.perf.availability;

import io.gleaner.perf.pods.Grace;
import java.time.Duration;

/**
 * The cluster that is loaded and how much.
 *
 * @param shutdownDelay of the APIs; longer than the endpoints take to forget a pod
 * @param warmUp load on the new processes before anything counts
 * @param submissionsPerSecond of a page each
 * @param readsPerSecond of states, and half as many of pages
 * @param streamPerSecond jobs of the audited stream
 */
public record ClusterSettings(
        int apis,
        int workers,
        Grace grace,
        Duration shutdownDelay,
        Duration warmUp,
        int submissionsPerSecond,
        int readsPerSecond,
        double streamPerSecond) {

    /** Two APIs and two workers; the proxy learns everything 2 s late, and the APIs allow for 5. */
    public static final ClusterSettings STANDARD =
            new ClusterSettings(
                    2,
                    2,
                    new Grace(Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(60)),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    10,
                    20,
                    1);
}
