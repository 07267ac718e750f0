package io.gleaner.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One host queue in one worker's hands.
 *
 * @param hostId key of the queue
 * @param host host name, with {@code :port} unless default
 * @param failures failed or throttled visits in a row, as the last owner left them
 * @param failingSince when the first of them was, or null when there are none
 * @param crawlDelay delay that robots.txt asks for, as the last owner left it, zero when there is
 *     none
 * @param tasks the head of the queue
 */
public record HostLease(
        long hostId,
        String host,
        int failures,
        @Nullable Instant failingSince,
        Duration crawlDelay,
        List<LeasedTask> tasks) {}
