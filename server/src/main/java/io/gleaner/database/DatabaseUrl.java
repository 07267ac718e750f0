package io.gleaner.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.postgresql.Driver;

/**
 * Reads {@code postgresql://user:password@host:port/database?options}, as libpq does, or a JDBC
 * URL.
 */
public final class DatabaseUrl {

    private static final String ACCEPTED =
            "accepted is postgresql://user:password@host:5432/database or a jdbc:postgresql: URL";

    private static final int PORT_MAX = 65_535;

    private DatabaseUrl() {}

    /**
     * @throws IllegalArgumentException that says what is accepted, and never repeats the password
     */
    public static DatabaseConfig parse(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return of(url, "", "");
        }
        try {
            return parse(new URI(url));
        } catch (URISyntaxException e) {
            throw refused("it is not a URL (" + e.getReason() + ")");
        }
    }

    private static DatabaseConfig parse(URI uri) {
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
            throw refused("its scheme is '" + scheme + "'");
        }
        if (uri.getHost() == null) {
            throw refused("it names no host");
        }
        if (uri.getPort() > PORT_MAX) {
            throw refused("its port is " + uri.getPort());
        }
        String[] userInfo = String.valueOf(uri.getRawUserInfo()).split(":", 2);
        String user = uri.getRawUserInfo() == null ? "" : decode(userInfo[0]);
        String password = userInfo.length == 2 ? decode(userInfo[1]) : "";
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return of("jdbc:postgresql://" + uri.getHost() + port + path + query, user, password);
    }

    private static DatabaseConfig of(String jdbcUrl, String user, String password) {
        if (!new Driver().acceptsURL(jdbcUrl)) {
            throw refused("its port or one of its options cannot be read");
        }
        return DatabaseConfig.of(jdbcUrl, user, password);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(
                "the database URL is not usable: " + why + "; " + ACCEPTED);
    }
}
