package io.gleaner.job.manners;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Base64;
import java.util.Locale;

/**
 * A name and a password for one origin (RFC 7617). What it is does not stand in its text.
 *
 * @param origin {@code scheme://host[:port]}, lower case, without a default port: nobody else gets
 *     it
 */
public record BasicAuth(String origin, String username, String password) {

    /** The origin of an absolute URL, as {@link #origin} is written. */
    public static String originOf(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        boolean plain = url.getPort() < 0 || url.getPort() == usual;
        return scheme + "://" + host + (plain ? "" : ":" + url.getPort());
    }

    /** The same without what is secret. */
    BasicAuth withoutSecrets() {
        return new BasicAuth(origin, "", "");
    }

    /** Whether the secret was left out. */
    boolean lacksSecrets() {
        return username.isEmpty() && password.isEmpty();
    }

    /** The value of the Authorization header. */
    public String header() {
        byte[] pair = (username + ":" + password).getBytes(UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "BasicAuth[" + origin + "]";
    }
}
