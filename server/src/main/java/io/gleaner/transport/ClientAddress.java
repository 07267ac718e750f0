package io.gleaner.transport;

import io.helidon.common.socket.PeerInfo;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;

/** Whose connection it is. */
public final class ClientAddress {

    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** The address; of IPv6 its network, since whoever has one has all addresses in it. */
    public static String of(PeerInfo client) {
        return client.address() instanceof InetSocketAddress socket && socket.getAddress() != null
                ? of(socket.getAddress())
                : client.host();
    }

    static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64"
                : address.getHostAddress();
    }
}
