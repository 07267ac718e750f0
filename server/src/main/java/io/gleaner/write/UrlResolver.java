package io.gleaner.write;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the references of one page absolute (RFC 3986, section 5, with the leniency of browsers:
 * stray white space, backslashes, characters that should have been encoded).
 *
 * <p>Pages repeat their references, so answers are remembered; java.net.URI refuses much of what
 * pages contain and would cost more than the rest of the extraction.
 */
public final class UrlResolver {

    private static final int REMEMBERED_MAX = 20_000;

    private final Map<String, String> remembered = new HashMap<>();
    private final int charsMax;
    private final String scheme;
    private final String origin;
    private final String path;
    private final String query;

    public UrlResolver(URI finalUrl, @Nullable String baseHref, int charsMax) {
        this.charsMax = charsMax;
        var url =
                baseHref == null ? null : new UrlResolver(finalUrl, null, charsMax).http(baseHref);
        String base = url == null ? withoutFragment(finalUrl.toString()) : withoutFragment(url);
        int authority = base.indexOf("://");
        if (authority < 0) {
            throw new IllegalArgumentException("finalUrl must be absolute http(s): " + finalUrl);
        }
        int pathStart = UrlSyntax.authorityEnd(base, authority + 3);
        int queryStart = base.indexOf('?', pathStart);
        int pathEnd = queryStart < 0 ? base.length() : queryStart;
        scheme = base.substring(0, authority).toLowerCase(Locale.ROOT);
        origin = scheme + base.substring(authority, pathStart);
        path = pathStart == pathEnd ? "/" : base.substring(pathStart, pathEnd);
        query = base.substring(pathEnd);
    }

    /** The document's own address, without a fragment. */
    public String self() {
        return origin + path + query;
    }

    /** For people to follow: http(s), mailto or tel; null for what is not a link. */
    public @Nullable String link(String reference) {
        String ref = UrlSyntax.trimmed(reference);
        if (ref.regionMatches(true, 0, "mailto:", 0, 7)
                || ref.regionMatches(true, 0, "tel:", 0, 4)) {
            return ref.length() > charsMax ? null : UrlSyntax.encoded(ref);
        }
        return resolve(ref);
    }

    /** Absolute http(s), with the fragment; null if it leads elsewhere or cannot be read. */
    public @Nullable String http(String reference) {
        return resolve(UrlSyntax.trimmed(reference));
    }

    private @Nullable String resolve(String ref) {
        if (ref.isEmpty() || ref.length() > charsMax) {
            return null;
        }
        int hash = ref.indexOf('#');
        if (hash < 0) {
            return document(ref);
        }
        var document = hash == 0 ? self() : document(ref.substring(0, hash));
        if (document == null || hash + 1 == ref.length()) {
            return document;
        }
        return document + '#' + UrlSyntax.encoded(ref.substring(hash + 1));
    }

    private @Nullable String document(String ref) {
        String known = remembered.get(ref);
        if (known == null) {
            var resolved = absolute(ref);
            known = resolved == null ? "" : resolved;
            if (remembered.size() < REMEMBERED_MAX) {
                remembered.put(ref, known);
            }
        }
        return known.isEmpty() ? null : known;
    }

    private @Nullable String absolute(String reference) {
        String ref = reference;
        int colon = UrlSyntax.schemeEnd(ref);
        String refScheme = scheme;
        if (colon > 0) {
            refScheme = ref.substring(0, colon).toLowerCase(Locale.ROOT);
            if (!refScheme.equals("http") && !refScheme.equals("https")) {
                return null;
            }
            ref = ref.substring(colon + 1);
        }
        ref = UrlSyntax.slashed(ref);
        // As browsers do: any number of slashes, and none at all behind another scheme.
        if (ref.startsWith("//") || !refScheme.equals(scheme)) {
            return withAuthority(refScheme, UrlSyntax.withoutSlashes(ref));
        }
        if (ref.startsWith("?")) {
            return origin + path + UrlSyntax.encoded(ref);
        }
        if (ref.startsWith("/")) {
            return origin + UrlSyntax.cleanPath(ref);
        }
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return origin + UrlSyntax.cleanPath(folder + ref);
    }

    private static @Nullable String withAuthority(String scheme, String ref) {
        int end = UrlSyntax.authorityEnd(ref, 0);
        String authority = ref.substring(0, end);
        if (!UrlSyntax.isAuthority(authority)) {
            return null;
        }
        String rest = ref.substring(end);
        String path = rest.startsWith("/") ? rest : "/" + rest;
        return scheme + "://" + authority + UrlSyntax.cleanPath(path);
    }

    public static String withoutFragment(String url) {
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash);
    }
}
