package io.gleaner.api.port;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One process's restraint towards one host.
 *
 * @param robots what robots.txt came to, in a few words, or null when it was not read yet
 * @param robotsFetchedAt when it was read
 * @param robotsExpiresAt when it will be read again
 * @param slots requests in flight allowed now
 * @param inFlight requests in flight now
 * @param delay kept between two requests now
 * @param notBefore earliest next request, or null when that is now
 * @param waitReason why, one clause for people, or null
 * @param workerFull whether every fetch that may run at once, of all hosts, is running
 */
public record HostPoliteness(
        @Nullable String robots,
        @Nullable Instant robotsFetchedAt,
        @Nullable Instant robotsExpiresAt,
        int slots,
        int inFlight,
        Duration delay,
        @Nullable Instant notBefore,
        @Nullable String waitReason,
        boolean workerFull) {}
