package io.gleaner.fetch;

import io.gleaner.budget.Hold;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.manners.BasicAuth;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One URL to get.
 *
 * @param url absolute; anything but http and https is refused as an outcome, not an exception
 * @param headers to add or to send in place of our own; see {@link RequestHeaders#validate}
 * @param timeout for the whole of it, redirects and body included
 * @param bodyMaxBytes most bytes of the body, decompressed
 * @param truncate cut a longer body at the limit instead of refusing it
 * @param anyType take every content type, an empty body and binary too
 * @param keep keep what goes over the wire, for a web archive
 * @param hold the caller's part of the memory of all bodies, which it closes when it needs the body
 *     no more; or null for what is small, such as robots.txt
 */
public record FetchRequest(
        URI url,
        Map<String, String> headers,
        Duration timeout,
        long bodyMaxBytes,
        boolean truncate,
        boolean anyType,
        boolean keep,
        @Nullable Hold hold) {

    public static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    public FetchRequest {
        headers = Map.copyOf(headers);
        RequestHeaders.validate(headers);
        if (!timeout.isPositive() || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be positive and at most %s: %s".formatted(TIMEOUT_MAX, timeout));
        }
        if (bodyMaxBytes < 1 || bodyMaxBytes > FetchConfig.BODY_MAX_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "bodyMaxBytes must be 1 to %d: %d"
                            .formatted(FetchConfig.BODY_MAX_BYTES_MAX, bodyMaxBytes));
        }
    }

    /** Nothing is kept of what goes over the wire. */
    public FetchRequest(
            URI url,
            Map<String, String> headers,
            Duration timeout,
            long bodyMaxBytes,
            boolean truncate,
            boolean anyType,
            @Nullable Hold hold) {
        this(url, headers, timeout, bodyMaxBytes, truncate, anyType, false, hold);
    }

    /** A page to extract. */
    public static FetchRequest page(URI url, FetchSpec spec, FetchConfig config) {
        return new FetchRequest(
                url,
                headers(url, spec),
                spec.timeout(),
                config.bodyMaxBytes(),
                false,
                false,
                spec.warc(),
                null);
    }

    /** Those of the job, and its password where that is meant for this origin. */
    private static Map<String, String> headers(URI url, FetchSpec spec) {
        BasicAuth auth = spec.manners().basicAuth();
        if (auth == null || !auth.origin().equals(BasicAuth.originOf(url))) {
            return spec.headers();
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Authorization", auth.header());
        headers.putAll(spec.headers());
        return headers;
    }

    /** The same, with the body in memory that the caller holds. */
    public FetchRequest within(Hold other) {
        return new FetchRequest(
                url, headers, timeout, bodyMaxBytes, truncate, anyType, keep, other);
    }

    /**
     * To be answered only if the page has changed (RFC 9110, section 13.1).
     *
     * @param etag of the page as it is known, or null
     * @param lastModified of the page as it is known, or null
     */
    public FetchRequest unless(@Nullable String etag, @Nullable String lastModified) {
        var conditional = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        if (etag != null) {
            conditional.put("If-None-Match", etag);
        }
        if (lastModified != null) {
            conditional.put("If-Modified-Since", lastModified);
        }
        conditional.putAll(headers);
        // What a host once sent cannot always be sent.
        if (!RequestHeaders.areValid(conditional)) {
            return this;
        }
        return new FetchRequest(
                url, conditional, timeout, bodyMaxBytes, truncate, anyType, keep, hold);
    }

    /**
     * The same on the word of a page, for which it is a redirect: what was meant for one origin
     * stays there.
     *
     * @param asked what the headers were meant for
     * @param page that leads here, where the redirects of {@code asked} ended
     */
    public FetchRequest after(URI asked, URI page) {
        boolean stayed =
                RequestHeaders.sameOrigin(asked, page) && RequestHeaders.sameOrigin(page, url);
        return stayed
                ? this
                : new FetchRequest(
                        url,
                        FetchSpec.plain(headers),
                        timeout,
                        bodyMaxBytes,
                        truncate,
                        anyType,
                        keep,
                        hold);
    }

    /** Whether what is meant for the one may go to the other. */
    public static boolean isSameOrigin(URI from, URI to) {
        return RequestHeaders.sameOrigin(from, to);
    }

    /** robots.txt, a sitemap: whatever its type. */
    public static FetchRequest resource(
            URI url, Duration timeout, long maxBytes, boolean truncate) {
        return new FetchRequest(url, Map.of(), timeout, maxBytes, truncate, true, null);
    }
}
