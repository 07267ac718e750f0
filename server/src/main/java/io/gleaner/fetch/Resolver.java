package io.gleaner.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Host names to addresses. May block; it is called on a thread of its own. */
@FunctionalInterface
public interface Resolver {

    /** All addresses of the host, at least one. */
    List<InetAddress> lookup(String host) throws UnknownHostException;

    /** The operating system's resolver, behind the JDK's cache. */
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
