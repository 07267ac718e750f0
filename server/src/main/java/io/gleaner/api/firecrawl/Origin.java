package io.gleaner.api.firecrawl;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;

/**
 * Where the caller reached this server: these clients follow addresses only if they are absolute.
 *
 * @param base scheme and authority
 */
record Origin(String base) {

    private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");

    static Origin of(Headers headers) {
        String host = headers.first(HeaderNames.HOST).orElse("localhost");
        boolean tls = headers.first(FORWARDED_PROTO).filter("https"::equalsIgnoreCase).isPresent();
        return new Origin((tls ? "https://" : "http://") + host);
    }

    String url(String path) {
        return base + path;
    }
}
