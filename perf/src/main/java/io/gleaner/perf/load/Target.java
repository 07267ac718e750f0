package io.gleaner.perf.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** The server under load: an address on loopback. */
public record Target(String host, int port) {

    public Target {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new IllegalArgumentException("load goes to loopback only, not to " + host);
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no such host: " + host, e);
        }
    }

    public static Target of(URI url) {
        return new Target(url.getHost(), url.getPort());
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }
}
