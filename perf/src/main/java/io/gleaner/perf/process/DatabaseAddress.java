package io.gleaner.perf.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.perf.load.Target;
import java.net.URI;
import java.net.URLEncoder;

/** Where a database is, as a JDBC URL that carries user and password. On loopback only. */
public record DatabaseAddress(String url) {

    private static final String JDBC = "jdbc:";
    private static final int PORT_DEFAULT = 5432;

    static DatabaseAddress of(String jdbcUrl, String user, String password) {
        String mark = jdbcUrl.contains("?") ? "&" : "?";
        return new DatabaseAddress(
                "%s%suser=%s&password=%s"
                        .formatted(
                                jdbcUrl,
                                mark,
                                URLEncoder.encode(user, UTF_8),
                                URLEncoder.encode(password, UTF_8)));
    }

    /** Reads {@code postgresql://user:password@127.0.0.1:5432/database} or a JDBC URL. */
    public static DatabaseAddress parse(String text) {
        URI uri = URI.create(text.startsWith(JDBC) ? text.substring(JDBC.length()) : text);
        int port = uri.getPort() < 0 ? PORT_DEFAULT : uri.getPort();
        var target = new Target(String.valueOf(uri.getHost()), port);
        if (text.startsWith(JDBC)) {
            return new DatabaseAddress(text);
        }
        String[] user = String.valueOf(uri.getUserInfo()).split(":", 2);
        return of(
                "jdbc:postgresql://%s:%d%s"
                        .formatted(target.host(), target.port(), uri.getRawPath()),
                user[0],
                user.length == 2 ? user[1] : "");
    }

    int port() {
        return URI.create(url.substring(JDBC.length())).getPort();
    }

    /** Another database of the same server. */
    DatabaseAddress named(String database) {
        return new DatabaseAddress(url.replaceFirst("(//[^/]+/)[^?]*", "$1" + database));
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return url.replaceFirst("password=[^&]*", "password=...");
    }
}
