package io.gleaner.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.Driver;

/**
 * Reads {@code postgresql://user:password@host:port/database?options}, as libpq does, or a JDBC
 * URL.
 */
public final class DatabaseUrl {

    private static final String JDBC = "jdbc:postgresql:";
    private static final String ACCEPTED =
            "accepted is postgresql://user:password@host:5432/database or a jdbc:postgresql: URL";

    private static final int PORT_MAX = 65_535;

    private DatabaseUrl() {}

    /**
     * User and password, wherever they stand in the URL, come to fields of their own: the JDBC URL
     * that is left may be shown.
     *
     * @throws IllegalArgumentException that says what is accepted, and never repeats the password
     */
    public static DatabaseConfig parse(String url) {
        if (url.startsWith(JDBC)) {
            return parseJdbc(url);
        }
        refuseUnescaped(url);
        try {
            return parse(new URI(url));
        } catch (URISyntaxException e) {
            throw refused("it is not a URL (" + e.getReason() + ")");
        }
    }

    /** Whoever pastes a password does not think of this, and no parser can say it as well. */
    private static void refuseUnescaped(String url) {
        int from = url.indexOf("://") + "://".length();
        int query = url.indexOf('?', from);
        int at = url.lastIndexOf('@', query < 0 ? url.length() : query);
        if (at > from && url.substring(from, at).matches(".*[@/#].*")) {
            throw refused("in a user or password '@' is written %40, '/' %2F, '#' %23 and '%' %25");
        }
    }

    private static DatabaseConfig parseJdbc(String url) {
        String[] parts = url.split("\\?", 2);
        if (parts[0].contains("@")) {
            throw refused("there is an '@' in its address, but JDBC takes ?user= and &password=");
        }
        return config(parts[0], "", "", parts.length == 2 ? parts[1] : "");
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
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return config(JDBC + "//" + uri.getHost() + port + path, user, password, query);
    }

    private static DatabaseConfig config(
            String address, String user, String password, String query) {
        List<String> parameters = new ArrayList<>(List.of(query.split("&", -1)));
        parameters.removeIf(String::isEmpty);
        String theUser = taken("user", parameters).orElse(user);
        String thePassword = taken("password", parameters).orElse(password);
        String rest = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        if (!new Driver().acceptsURL(address + rest)) {
            throw refused("its port or one of its options cannot be read");
        }
        return DatabaseConfig.of(address + rest, theUser, thePassword);
    }

    /** The last value of a parameter, which is taken out. */
    private static Optional<String> taken(String name, List<String> parameters) {
        String start = name + "=";
        Optional<String> value =
                parameters.stream()
                        .filter(parameter -> parameter.startsWith(start))
                        .reduce((first, last) -> last)
                        .map(parameter -> decode(parameter.substring(start.length())));
        parameters.removeIf(parameter -> parameter.startsWith(start));
        return value;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(
                "the database URL is not usable: " + why + "; " + ACCEPTED);
    }
}
