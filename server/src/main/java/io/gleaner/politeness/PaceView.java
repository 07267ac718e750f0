package io.gleaner.politeness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The pace of one host at one moment.
 *
 * @param slots requests that may be in flight now
 * @param inFlight requests in flight
 * @param delay kept between the starts of two requests
 * @param failures failed or throttled rounds in a row
 * @param notBefore earliest next start, or null if that is now
 * @param waitReason why, one clause for people, or null
 */
public record PaceView(
        int slots,
        int inFlight,
        Duration delay,
        int failures,
        @Nullable Instant notBefore,
        @Nullable String waitReason) {}
