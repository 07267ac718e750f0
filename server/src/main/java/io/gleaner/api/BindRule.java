package io.gleaner.api;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Without access keys whoever can connect can use the server, so only this machine may. */
final class BindRule {

    private BindRule() {}

    static InetAddress check(String host) {
        InetAddress[] addresses = resolve(host);
        for (InetAddress address : addresses) {
            if (!address.isLoopbackAddress()) {
                throw new ApiStartException(
                        "refusing to listen on %s: there are no access keys, so everyone who can"
                                        .formatted(host)
                                + " reach it could use it; listen on 127.0.0.1 and put a proxy that"
                                + " authenticates in front");
            }
        }
        return addresses[0];
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
