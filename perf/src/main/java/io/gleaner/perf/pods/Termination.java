package io.gleaner.perf.pods;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * How a pod ended.
 *
 * @param marked when it was marked terminating and its removal from the endpoints began
 * @param signalled when SIGTERM was sent, after preStop
 * @param ended when its process was gone
 * @param exitCode of the process; empty when it was told to end before it was up
 * @param killed whether the grace period ran out and it took SIGKILL
 */
public record Termination(
        String pod,
        Instant marked,
        Instant signalled,
        Instant ended,
        OptionalInt exitCode,
        boolean killed) {

    /** From SIGTERM until the process was gone. */
    public Duration stopping() {
        return Duration.between(signalled, ended);
    }
}
