package io.gleaner.job;

import io.gleaner.job.manners.Manners;
import io.gleaner.job.rendering.RenderSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * How to ask for each page.
 *
 * @param headers request headers to add, by name (case-insensitive)
 * @param timeout the whole of one attempt: redirects, headers and body; extraction may work for as
 *     long again
 * @param respectRobots obey robots.txt and its crawl delay
 * @param maxAge take a page that was fetched at most so long ago; zero for none
 * @param render whether and how a browser shows it
 * @param warc keep what came over the wire, for a web archive
 * @param manners slower than others, by a proxy, with a password
 */
public record FetchSpec(
        Map<String, String> headers,
        Duration timeout,
        boolean respectRobots,
        Duration maxAge,
        RenderSpec render,
        boolean warc,
        Manners manners) {

    // Anything else may carry a secret (Authorization, Cookie, X-Api-Key ...) meant for one origin.
    private static final Set<String> NO_SECRET =
            Set.of(
                    "accept",
                    "accept-encoding",
                    "accept-language",
                    "cache-control",
                    "dnt",
                    "pragma",
                    "user-agent");

    public static final Duration MAX_AGE_MAX = Duration.ofDays(7);

    public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(30);
    public static final Duration TIMEOUT_MIN = Duration.ofMillis(100);
    public static final Duration TIMEOUT_MAX = Duration.ofMinutes(5);

    public FetchSpec {
        // A job that was stored before there was a maxAge has none.
        maxAge = Objects.requireNonNullElse(maxAge, Duration.ZERO);
        render = Objects.requireNonNullElse(render, RenderSpec.NONE);
        manners = Objects.requireNonNullElse(manners, Manners.USUAL);
        if (maxAge.isNegative() || maxAge.compareTo(MAX_AGE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "maxAge must be 0 to %s: %s"
                            .formatted(TimeText.of(MAX_AGE_MAX), TimeText.of(maxAge)));
        }
        if (timeout.compareTo(TIMEOUT_MIN) < 0 || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be %s to %s: %s"
                            .formatted(
                                    TimeText.of(TIMEOUT_MIN),
                                    TimeText.of(TIMEOUT_MAX),
                                    TimeText.of(timeout)));
        }
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** As every job asks. */
    public FetchSpec(
            Map<String, String> headers,
            Duration timeout,
            boolean respectRobots,
            Duration maxAge,
            RenderSpec render,
            boolean warc) {
        this(headers, timeout, respectRobots, maxAge, render, warc, Manners.USUAL);
    }

    /** Nothing is kept of what came over the wire. */
    public FetchSpec(
            Map<String, String> headers,
            Duration timeout,
            boolean respectRobots,
            Duration maxAge,
            RenderSpec render) {
        this(headers, timeout, respectRobots, maxAge, render, false);
    }

    /** Nothing is rendered. */
    public FetchSpec(
            Map<String, String> headers, Duration timeout, boolean respectRobots, Duration maxAge) {
        this(headers, timeout, respectRobots, maxAge, RenderSpec.NONE);
    }

    /** Every page is fetched. */
    public FetchSpec(Map<String, String> headers, Duration timeout, boolean respectRobots) {
        this(headers, timeout, respectRobots, Duration.ZERO);
    }

    /** Whether a header of this name may carry a secret. */
    public static boolean mayBeSecret(String name) {
        return !NO_SECRET.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Those of some headers that may carry a secret. */
    public static Map<String, String> secret(Map<String, String> headers) {
        return some(headers, true);
    }

    /** Those of some headers that carry none. */
    public static Map<String, String> plain(Map<String, String> headers) {
        return some(headers, false);
    }

    private static Map<String, String> some(Map<String, String> headers, boolean secret) {
        var found = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(
                (name, value) -> {
                    if (mayBeSecret(name) == secret) {
                        found.put(name, value);
                    }
                });
        return found;
    }

    /** The same with these headers. */
    FetchSpec withHeaders(Map<String, String> others) {
        return new FetchSpec(others, timeout, respectRobots, maxAge, render, warc, manners);
    }

    /** The same, rendered like this. */
    public FetchSpec withRender(RenderSpec other) {
        return new FetchSpec(headers, timeout, respectRobots, maxAge, other, warc, manners);
    }

    /** The same, and what comes over the wire is kept, or not. */
    public FetchSpec withWarc(boolean kept) {
        return new FetchSpec(headers, timeout, respectRobots, maxAge, render, kept, manners);
    }

    /** The same, asked for like this. */
    public FetchSpec withManners(Manners others) {
        return new FetchSpec(headers, timeout, respectRobots, maxAge, render, warc, others);
    }

    /** No extra headers, 30 s, robots.txt obeyed. */
    public static FetchSpec standard() {
        return new FetchSpec(Map.of(), TIMEOUT_DEFAULT, true);
    }
}
