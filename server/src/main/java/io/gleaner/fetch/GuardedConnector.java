package io.gleaner.fetch;

import io.gleaner.job.FaultCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Connections for others who speak for pages, past the same guard as every fetch: it looks at the
 * host, at every answer of DNS, and at the address that is connected to.
 */
public final class GuardedConnector implements AutoCloseable {

    private final AddressGuard guard;
    private final GuardedDns dns;
    private final GuardedSockets sockets;
    private final Duration timeout;

    /**
     * @param timeout for DNS, and for each address that is tried
     */
    public GuardedConnector(AddressGuard guard, Duration timeout) {
        this.guard = guard;
        this.dns = new GuardedDns(guard, timeout);
        this.sockets = new GuardedSockets(guard);
        this.timeout = timeout;
    }

    /** What a connection came to. */
    public sealed interface Connection {
        /** There is one, which the caller closes. */
        record Open(Socket socket) implements Connection {}

        /**
         * There is none.
         *
         * @param detail one clause for people
         */
        record None(FaultCode code, String detail) implements Connection {}
    }

    /**
     * Connects to the first address of the host that answers.
     *
     * @param host a name, IPv4 in any spelling, IPv6 with or without brackets
     */
    public Connection connect(String host, int port) {
        Optional<String> why = guard.refuseHost(host);
        if (why.isPresent()) {
            return new Connection.None(FaultCode.FORBIDDEN_ADDRESS, why.get());
        }
        try {
            return connect(addresses(host), host, port);
        } catch (ForbiddenAddressException e) {
            return new Connection.None(FaultCode.FORBIDDEN_ADDRESS, String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return new Connection.None(FaultCode.DNS_FAILURE, "no address of " + host);
        }
    }

    private List<InetAddress> addresses(String host) throws UnknownHostException {
        if (Ipv4Literal.looksLikeOne(host)) {
            return List.of(
                    Ipv4Literal.parse(host).orElseThrow(() -> new UnknownHostException(host)));
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            return List.of(InetAddress.ofLiteral(host.substring(1, host.length() - 1)));
        }
        return dns.lookup(host);
    }

    private Connection connect(List<InetAddress> addresses, String host, int port)
            throws ForbiddenAddressException {
        Connection last = new Connection.None(FaultCode.DNS_FAILURE, "no address of " + host);
        for (InetAddress address : addresses) {
            Socket socket = sockets.createSocket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
                return new Connection.Open(socket);
            } catch (ForbiddenAddressException e) {
                closeQuietly(socket);
                throw e;
            } catch (SocketTimeoutException e) {
                closeQuietly(socket);
                last =
                        new Connection.None(
                                FaultCode.CONNECT_TIMEOUT, "%s:%d".formatted(host, port));
            } catch (IOException | IllegalArgumentException e) {
                closeQuietly(socket);
                last =
                        new Connection.None(
                                FaultCode.CONNECT_FAILURE, "%s:%d".formatted(host, port));
            }
        }
        return last;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was of no use anyway.
        }
    }

    @Override
    public void close() {
        dns.close();
    }
}
