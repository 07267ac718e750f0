package io.gleaner.frontier;

import io.gleaner.job.Candidate;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;

/** One spelling for each URL, and the keys made of it. */
public final class Urls {

    /** Longest URL, in characters, as given and as normalised. */
    public static final int URL_CHARS_MAX = 8 * 1024;

    private Urls() {}

    /**
     * Normalises a URL by RFC 3986 section 6 and, where that leaves room, as browsers do (WHATWG
     * URL).
     *
     * <p>Scheme and host in lower case, names in ASCII (IDNA), IPv4 and IPv6 literals in their
     * usual form, a trailing dot of the name, a default port, an empty query and the fragment
     * dropped, {@code \} read as {@code /}, dot segments resolved, {@code %} encoding in one form
     * (upper-case hex, unreserved characters plain, everything a URI may not hold encoded, stray
     * {@code %} as {@code %25}), an empty path as {@code /}. The query keeps its order and every
     * parameter. White space around the URL is ignored. The result is a valid {@link URI}.
     *
     * @param ignoreQuery URLs that differ only in their query get the same key; the URL keeps it
     * @throws IllegalArgumentException for anything that is not an absolute http or https URL of at
     *     most {@value #URL_CHARS_MAX} characters without user-info and control characters
     */
    public static Candidate candidate(String url, int depth, boolean ignoreQuery) {
        return candidate(UrlParser.parse(url), depth, ignoreQuery);
    }

    static Candidate candidate(NormalUrl normal, int depth, boolean ignoreQuery) {
        var text = normal.text();
        var unique = ignoreQuery ? text.substring(0, normal.queryStart()) : text;
        return new Candidate(text, normal.host(), key(unique), depth);
    }

    /**
     * The host queue of a normalised URL.
     *
     * @return {@code host}, or {@code host:port} when the port is not the scheme's default
     */
    public static String hostQueue(URI url) {
        // The raw authority, because URI.host() is null for names that DNS allows ("a_b.example").
        var authority = url.getRawAuthority();
        var scheme = url.getScheme();
        if (authority == null || scheme == null) {
            throw new IllegalArgumentException("url must be absolute http or https: " + url);
        }
        authority = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        var defaultPort = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
        return authority.endsWith(defaultPort)
                ? authority.substring(0, authority.length() - defaultPort.length())
                : authority;
    }

    /**
     * The identity of a URL inside a crawl: the first 128 bits of its SHA-256. Not an RFC 9562
     * UUID, only its size.
     */
    public static UUID key(String normalisedUrl) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash =
                    ByteBuffer.wrap(digest.digest(normalisedUrl.getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
