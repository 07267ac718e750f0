package io.gleaner.job;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to ask for each page.
 *
 * @param headers request headers to add, by name (case-insensitive)
 * @param timeout the whole of one attempt: redirects, headers and body
 * @param respectRobots obey robots.txt and its crawl delay
 */
public record FetchSpec(Map<String, String> headers, Duration timeout, boolean respectRobots) {

    public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(30);
    public static final Duration TIMEOUT_MIN = Duration.ofMillis(100);
    public static final Duration TIMEOUT_MAX = Duration.ofMinutes(5);

    public FetchSpec {
        if (timeout.compareTo(TIMEOUT_MIN) < 0 || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be %s to %s: %s".formatted(TIMEOUT_MIN, TIMEOUT_MAX, timeout));
        }
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** No extra headers, 30 s, robots.txt obeyed. */
    public static FetchSpec standard() {
        return new FetchSpec(Map.of(), TIMEOUT_DEFAULT, true);
    }
}
