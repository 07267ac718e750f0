package io.gleaner.job.manners;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that connections are made by. Its password does not stand in its text.
 *
 * @param kind how it is spoken to
 * @param host a name or an address; IPv6 in brackets
 * @param username or null, and then there is no password either
 */
public record ProxyServer(
        Kind kind, String host, int port, @Nullable String username, @Nullable String password) {

    /** How a proxy is told where to. */
    public enum Kind {
        /** {@code CONNECT} (RFC 9110, section 9.3.6). */
        HTTP,
        /** RFC 1928, and RFC 1929 for a password. */
        SOCKS5
    }

    public static final String ACCEPTED =
            "http://[user:password@]host:port or socks5://[user:password@]host:port";

    private static final int PORT_MAX = 65_535;

    /** RFC 1929 has one byte for the length of each. */
    private static final int CREDENTIAL_MAX = 255;

    /**
     * @throws IllegalArgumentException saying what is accepted, without a password
     */
    public static ProxyServer parse(String text) {
        try {
            var uri = new URI(text.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            Kind kind =
                    switch (scheme) {
                        case "http" -> Kind.HTTP;
                        case "socks5", "socks5h" -> Kind.SOCKS5;
                        default -> throw refused("its scheme is " + scheme);
                    };
            if (uri.getHost() == null) {
                throw refused("it has no host");
            }
            if (uri.getPort() < 1 || uri.getPort() > PORT_MAX) {
                throw refused("it has no port of 1 to " + PORT_MAX);
            }
            String path = uri.getPath();
            if (uri.getQuery() != null || (path != null && path.length() > 1)) {
                throw refused("it has a path");
            }
            String pair = uri.getUserInfo();
            int colon = pair == null ? -1 : pair.indexOf(':');
            if (pair != null && (colon < 1 || pair.length() > 2 * CREDENTIAL_MAX)) {
                throw refused("what stands before its @ is not user:password");
            }
            String username = pair == null ? null : pair.substring(0, colon);
            String password = pair == null ? null : pair.substring(colon + 1);
            return new ProxyServer(kind, uri.getHost(), uri.getPort(), username, password);
        } catch (URISyntaxException e) {
            throw refused("it is no URL (a % or @ in a password is written %25 or %40)");
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(
                "the proxy is not accepted, %s; accepted: %s".formatted(why, ACCEPTED));
    }

    /** The same without what is secret. */
    public ProxyServer withoutSecrets() {
        return username == null ? this : new ProxyServer(kind, host, port, "", "");
    }

    boolean hasSecrets() {
        return username != null && !username.isEmpty();
    }

    /** Whether the secret was left out. */
    boolean lacksSecrets() {
        return username != null && username.isEmpty();
    }

    @Override
    public String toString() {
        return "%s://%s:%d".formatted(kind.name().toLowerCase(Locale.ROOT), host, port);
    }
}
