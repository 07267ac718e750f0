package io.gleaner.fetch;

import io.gleaner.job.FetchSpec;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** The headers of each hop: ours, the caller's, and the cookies that this fetch was given. */
public final class RequestHeaders {

    public static final int COUNT_MAX = 64;
    public static final int TOTAL_CHARS_MAX = 16 * 1024;

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    // They belong to the connection and to the framing of the message, or (Range) would make a part
    // look like the whole page.
    private static final Set<String> OURS =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "range",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    /** RFC 9110, 13.1. */
    private static final List<String> CONDITIONS =
            List.of(
                    "If-None-Match",
                    "If-Modified-Since",
                    "If-Match",
                    "If-Unmodified-Since",
                    "If-Range");

    private static final String ACCEPT =
            "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5";

    private final Map<String, String> everywhere = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> atOrigin = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    RequestHeaders(FetchRequest request, FetchConfig config) {
        everywhere.put("User-Agent", config.userAgent());
        everywhere.put("Accept", request.anyType() ? "*/*" : ACCEPT);
        everywhere.put("Accept-Encoding", ContentDecoding.ACCEPT_ENCODING);
        request.headers()
                .forEach(
                        (name, value) -> {
                            (FetchSpec.mayBeSecret(name) ? atOrigin : everywhere).put(name, value);
                        });
    }

    /**
     * Checks headers that a caller wants to send.
     *
     * @throws IllegalArgumentException naming the header, without its value
     */
    public static void validate(Map<String, String> headers) {
        if (headers.size() > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "at most %d headers: %d".formatted(COUNT_MAX, headers.size()));
        }
        int total = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "not a header name: " + name.replaceAll("[^\\x20-\\x7e]", "?"));
            }
            if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("header %s cannot be set".formatted(name));
            }
            if (!VALUE.matcher(header.getValue()).matches()) {
                throw new IllegalArgumentException(
                        "value of header %s must be printable ASCII".formatted(name));
            }
            total += name.length() + header.getValue().length();
        }
        if (total > TOTAL_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "headers must be at most %d characters together: %d"
                            .formatted(TOTAL_CHARS_MAX, total));
        }
    }

    /** Whether {@link #validate} takes them. */
    static boolean areValid(Map<String, String> headers) {
        try {
            validate(headers);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether an answer may be that what is known has not changed. */
    static boolean areConditional(Headers headers) {
        return CONDITIONS.stream().anyMatch(name -> headers.get(name) != null);
    }

    /** From here on another URL is asked: what is known of the first one says nothing about it. */
    void leaveUrl() {
        CONDITIONS.forEach(atOrigin::remove);
    }

    /** From here on another origin is asked: what was meant for the first one stays behind. */
    void leaveOrigin() {
        atOrigin.clear();
    }

    static boolean sameOrigin(URI from, URI to) {
        HttpUrl start = HttpUrl.get(from);
        HttpUrl end = HttpUrl.get(to);
        return start != null && end != null && sameOrigin(start, end);
    }

    /** Same scheme, host and port; or the same host on its way from port 80 to TLS. */
    static boolean sameOrigin(HttpUrl from, HttpUrl to) {
        boolean upgrade = !from.isHttps() && from.port() == 80 && to.isHttps() && to.port() == 443;
        boolean same = from.isHttps() == to.isHttps() && from.port() == to.port();
        return from.host().equals(to.host()) && (same || upgrade);
    }

    /**
     * The headers of the next hop.
     *
     * @param cookies the value of the Cookie header as far as this fetch was given cookies; or ""
     */
    Headers with(String cookies) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(everywhere);
        all.putAll(atOrigin);
        if (!cookies.isEmpty()) {
            all.merge("Cookie", cookies, (ours, theirs) -> ours + "; " + theirs);
        }
        return Headers.of(all);
    }
}
