package io.gleaner.politeness;

import java.time.Duration;
import java.time.Instant;

/**
 * A remembered robots.txt as an operator sees it.
 *
 * @param origin {@code scheme://host[:port]}
 * @param status {@code found}, {@code absent} or {@code unreachable}
 * @param detail one clause for people: size and rules, HTTP status, or what went wrong
 * @param crawlDelay what it asks for, zero if none
 * @param fetchedAt when it was loaded
 * @param expiresAt when it is loaded again
 */
public record RobotsView(
        String origin,
        String status,
        String detail,
        Duration crawlDelay,
        Instant fetchedAt,
        Instant expiresAt) {}
