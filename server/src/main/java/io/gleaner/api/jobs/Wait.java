package io.gleaner.api.jobs;

import io.gleaner.api.port.HostPoliteness;
import io.gleaner.store.HostStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the tasks of a host wait.
 *
 * @param reason one clause for people
 * @param until when it ends, or null when that depends on others
 */
public record Wait(String reason, @Nullable Instant until) {

    /** What the host's tasks wait for; empty when there are none, or nothing holds them up. */
    public static Optional<Wait> of(HostStatus host, @Nullable HostPoliteness local, Instant now) {
        if (host.backlog() == 0) {
            return Optional.empty();
        }
        Instant notBefore = host.notBefore();
        if (notBefore != null && notBefore.isAfter(now)) {
            String reason = host.waitReason();
            return Optional.of(
                    new Wait(reason == null ? "its crawl delay runs" : reason, notBefore));
        }
        if (host.leasedBy() == null) {
            return Optional.of(new Wait("no worker was free for it yet", null));
        }
        return local == null ? Optional.empty() : inHand(host, local);
    }

    /** What the worker that has the queue in hand waits for itself. */
    private static Optional<Wait> inHand(HostStatus host, HostPoliteness local) {
        // First, because a task that waits for this has its host's turn already.
        if (local.workerFull()) {
            return because("every fetch that may run at once is running");
        }
        if (local.inFlight() >= host.backlog()) {
            return Optional.empty();
        }
        if (local.waitReason() != null) {
            return Optional.of(new Wait(local.waitReason(), local.notBefore()));
        }
        if (local.slots() > 0 && local.inFlight() >= local.slots()) {
            return because("all of its slots are in use: " + local.slots());
        }
        return local.robots() == null && local.inFlight() == 0
                ? because("its robots.txt has not been read yet")
                : Optional.empty();
    }

    private static Optional<Wait> because(String reason) {
        return Optional.of(new Wait(reason, null));
    }
}
