package io.gleaner.proxy;

import java.io.IOException;
import java.util.Locale;

/**
 * Whom a request is for.
 *
 * @param host in lower case; IPv6 in brackets
 */
record Authority(String host, int port) {

    private static final int PORT_MAX = 65_535;

    /** {@code host:port}, {@code host} or {@code [::1]:port}. */
    static Authority parse(String text, int defaultPort) throws IOException {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']');
        String host = hasPort ? text.substring(0, colon) : text;
        if (host.isEmpty() || host.indexOf('@') >= 0) {
            throw new IOException("not an authority: " + text);
        }
        int port = hasPort ? port(text.substring(colon + 1)) : defaultPort;
        return new Authority(host.toLowerCase(Locale.ROOT), port);
    }

    private static int port(String text) throws IOException {
        try {
            int port = Integer.parseInt(text);
            if (port < 1 || port > PORT_MAX) {
                throw new IOException("not a port: " + text);
            }
            return port;
        } catch (NumberFormatException e) {
            throw new IOException("not a port: " + text, e);
        }
    }
}
