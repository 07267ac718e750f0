package io.gleaner.politeness;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The origin of a URL: the unit that one robots.txt speaks for. */
final class Origins {

    private Origins() {}

    /** {@code scheme://host[:port]}, lower case, without user-info or a default port. */
    static String of(URI url) {
        // The raw authority, because URI.host() is null for names that DNS allows ("a_b.example").
        var authority = url.getRawAuthority();
        var scheme = url.getScheme();
        if (scheme == null || authority == null) {
            throw new IllegalArgumentException("url must be absolute http or https: " + url);
        }
        scheme = scheme.toLowerCase(Locale.ROOT);
        authority = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        var defaultPort = scheme.equals("https") ? ":443" : ":80";
        if (authority.endsWith(defaultPort)) {
            authority = authority.substring(0, authority.length() - defaultPort.length());
        }
        return scheme + "://" + authority;
    }

    /** The text as an absolute http or https URI with a host, or empty. */
    static Optional<URI> httpUri(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme();
            var web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            return web && uri.getRawAuthority() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
