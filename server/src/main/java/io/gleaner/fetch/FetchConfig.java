package io.gleaner.fetch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * The limits and manners of a {@link Fetcher}.
 *
 * @param userAgent sent unless a request brings its own; names the product and a contact
 * @param connectTimeout for DNS, for each TCP connect and for the TLS handshake
 * @param firstByteTimeout from the request to the end of the response headers; also the longest
 *     silence within a body
 * @param bodyMaxBytes most bytes of a page, decompressed
 * @param compressedMaxBytes most bytes of a page as sent
 * @param redirectsMax redirects followed in one fetch
 * @param retryAfterMax what a longer Retry-After is cut to when it is read; how much of it is
 *     obeyed is a matter of politeness
 * @param idleConnectionsMax connections kept open for the next request
 * @param acceptedTypes media types that are read; {@code application/*+xml} stands for every type
 *     with that beginning and that ending
 * @param clock for Retry-After dates and the expiry of cookies
 */
public record FetchConfig(
        String userAgent,
        Duration connectTimeout,
        Duration firstByteTimeout,
        long bodyMaxBytes,
        long compressedMaxBytes,
        int redirectsMax,
        Duration retryAfterMax,
        int idleConnectionsMax,
        Set<String> acceptedTypes,
        InstantSource clock) {

    /** A body is one array, decoded to one string. */
    public static final long BODY_MAX_BYTES_MAX = 512L << 20;

    /** 64 for each share of the hosts, see {@link Clients}. */
    private static final int IDLE_CONNECTIONS_MAX = 2048;

    static final String PDF = "application/pdf";

    private static final Set<String> READ_TYPES =
            Set.of(
                    "text/html",
                    "application/xhtml+xml",
                    "text/plain",
                    "text/markdown",
                    "text/x-markdown",
                    "text/csv",
                    "text/tab-separated-values",
                    "text/x-rst",
                    "text/yaml",
                    "application/yaml",
                    "application/x-ndjson",
                    PDF,
                    "application/json",
                    "text/json",
                    "application/*+json",
                    "application/xml",
                    "text/xml",
                    "application/*+xml");

    private static final Duration RETRY_AFTER_MAX = Duration.ofDays(366);

    public FetchConfig {
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("firstByteTimeout", firstByteTimeout);
        requirePositive("retryAfterMax", retryAfterMax);
        requireBytes("bodyMaxBytes", bodyMaxBytes);
        requireBytes("compressedMaxBytes", compressedMaxBytes);
        if (redirectsMax < 0 || redirectsMax > 100) {
            throw new IllegalArgumentException("redirectsMax must be 0 to 100: " + redirectsMax);
        }
        if (idleConnectionsMax < 0) {
            throw new IllegalArgumentException(
                    "idleConnectionsMax must be at least 0: " + idleConnectionsMax);
        }
        acceptedTypes = Set.copyOf(acceptedTypes);
        RequestHeaders.validate(Map.of("User-Agent", userAgent));
    }

    /** 10 s to connect, 20 s to the first byte, 20 MiB, 10 redirects, no contact. */
    public static FetchConfig standard() {
        return new FetchConfig(
                userAgent("no contact given"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                20L << 20,
                20L << 20,
                10,
                RETRY_AFTER_MAX,
                IDLE_CONNECTIONS_MAX,
                READ_TYPES,
                InstantSource.system());
    }

    /** {@code Gleaner/0.1 (+contact)}; the contact is a URL or a mail address of the operator. */
    public static String userAgent(String contact) {
        return "Gleaner/0.1 (+" + contact + ")";
    }

    public FetchConfig withUserAgent(String value) {
        return new FetchConfig(
                value,
                connectTimeout,
                firstByteTimeout,
                bodyMaxBytes,
                compressedMaxBytes,
                redirectsMax,
                retryAfterMax,
                idleConnectionsMax,
                acceptedTypes,
                clock);
    }

    public FetchConfig withTimeouts(Duration connect, Duration firstByte) {
        return new FetchConfig(
                userAgent,
                connect,
                firstByte,
                bodyMaxBytes,
                compressedMaxBytes,
                redirectsMax,
                retryAfterMax,
                idleConnectionsMax,
                acceptedTypes,
                clock);
    }

    public FetchConfig withBodyMaxBytes(long decompressed, long compressed) {
        return new FetchConfig(
                userAgent,
                connectTimeout,
                firstByteTimeout,
                decompressed,
                compressed,
                redirectsMax,
                retryAfterMax,
                idleConnectionsMax,
                acceptedTypes,
                clock);
    }

    public FetchConfig withClock(InstantSource value) {
        return new FetchConfig(
                userAgent,
                connectTimeout,
                firstByteTimeout,
                bodyMaxBytes,
                compressedMaxBytes,
                redirectsMax,
                retryAfterMax,
                idleConnectionsMax,
                acceptedTypes,
                value);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    private static void requireBytes(String name, long value) {
        if (value < 1 || value > BODY_MAX_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "%s must be 1 to %d: %d".formatted(name, BODY_MAX_BYTES_MAX, value));
        }
    }
}
