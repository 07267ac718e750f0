package io.gleaner.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One host queue as the database knows it.
 *
 * @param name host name, with {@code :port} unless default
 * @param backlog tasks queued or in hand
 * @param leasedBy the worker that serves the queue now, or null
 * @param notBefore earliest next request (crawl delay or backoff), or null when there is none
 * @param failures failed or throttled visits in a row
 * @param crawlDelay delay that that is kept, zero when there is none
 * @param waitReason why {@code notBefore} was set, one clause for people, or null
 */
public record HostStatus(
        String name,
        long backlog,
        @Nullable String leasedBy,
        @Nullable Instant notBefore,
        int failures,
        Duration crawlDelay,
        @Nullable String waitReason) {}
