package io.gleaner.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a worker knows about a host when it lets go of its queue.
 *
 * @param lease the hold that ends
 * @param notBefore earliest next request, or null for at once
 * @param failures failed or throttled visits in a row
 * @param failingSince when the first of them was, or null when there are none
 * @param answeredAt when the host last gave a page or a fault, or null if it never did
 * @param crawlDelay delay that robots.txt or the settings ask for, zero when there is none
 * @param waitReason why {@code notBefore} is set, one clause for people
 * @param forBrowser whether its next task needs a browser
 */
public record HostRelease(
        Lease lease,
        @Nullable Instant notBefore,
        int failures,
        @Nullable Instant failingSince,
        @Nullable Instant answeredAt,
        Duration crawlDelay,
        @Nullable String waitReason,
        boolean forBrowser) {

    /** Of a queue whose next task needs no browser, or nobody knows. */
    public HostRelease(
            Lease lease,
            @Nullable Instant notBefore,
            int failures,
            @Nullable Instant failingSince,
            @Nullable Instant answeredAt,
            Duration crawlDelay,
            @Nullable String waitReason) {
        this(lease, notBefore, failures, failingSince, answeredAt, crawlDelay, waitReason, false);
    }
}
