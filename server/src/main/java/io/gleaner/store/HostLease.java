package io.gleaner.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One host queue in one worker's hands.
 *
 * @param lease what names it
 * @param failures failed or throttled visits in a row, as the last owner left them
 * @param failingSince when the first of them was, later by the time for which the queue was due and
 *     nobody took it; null when there are none
 * @param answeredAt when the host last gave a page or a fault, or null if it never did
 * @param crawlDelay delay that robots.txt asks for, as the last owner left it, zero when there is
 *     none
 * @param tasks the head of the queue
 */
public record HostLease(
        Lease lease,
        int failures,
        @Nullable Instant failingSince,
        @Nullable Instant answeredAt,
        Duration crawlDelay,
        List<LeasedTask> tasks) {

    public long hostId() {
        return lease.hostId();
    }

    public String host() {
        return lease.host();
    }
}
