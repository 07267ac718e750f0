package io.gleaner.api.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Without access keys whoever can connect can use the server, so only this machine may. */
public final class BindRule {

    private BindRule() {}

    /**
     * @param open whether callers without a key are to be served
     * @param keys whether there are access keys
     */
    public static InetAddress check(String host, boolean open, BooleanSupplier keys) {
        InetAddress[] addresses = resolve(host);
        for (InetAddress address : addresses) {
            if (address.isLoopbackAddress()) {
                continue;
            }
            if (open) {
                throw new ApiStartException(
                        "refusing to listen on %s without keys: leave --open (GLEANER_OPEN) away, or"
                                        .formatted(host)
                                + " listen on 127.0.0.1");
            }
            if (!keys.getAsBoolean()) {
                throw new ApiStartException(
                        "refusing to listen on %s: there are no access keys, so everyone who can"
                                        .formatted(host)
                                + " reach it could use it; make one with 'gleaner keys create', or"
                                + " listen on 127.0.0.1");
            }
        }
        return addresses[0];
    }

    /**
     * Takes the port and lets it go again: the server itself does not say why it cannot have it.
     */
    public static void probe(String host, InetAddress address, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw taken(host, port, e.getMessage(), e);
        }
    }

    public static ApiStartException taken(
            String host, int port, @Nullable String why, @Nullable Exception cause) {
        return new ApiStartException(
                "cannot listen on %s:%d (%s): stop what listens there or choose another port"
                        .formatted(host, port, why),
                cause);
    }

    private static InetAddress[] resolve(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new ApiStartException(
                    "cannot listen on %s: it is no address of this machine; use 127.0.0.1"
                            .formatted(host),
                    e);
        }
    }
}
