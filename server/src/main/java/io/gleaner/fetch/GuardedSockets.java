package io.gleaner.fetch;

import io.gleaner.fetch.way.Tunnel;
import io.gleaner.job.manners.ProxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The last look before a connection: sockets that refuse to connect to a forbidden address. Literal
 * addresses never pass DNS, and whatever a later version of OkHttp does with routes, it connects
 * through here.
 */
final class GuardedSockets extends SocketFactory {

    private final AddressGuard guard;
    private final @Nullable GuardedDns dns;
    private final @Nullable ProxyServer proxy;
    private final Map<Ends, GuardedSocket> open = new ConcurrentHashMap<>();

    GuardedSockets(AddressGuard guard) {
        this(guard, null, null);
    }

    /**
     * Sockets that go by a proxy, if there is one: it is looked at as any host is.
     *
     * @param dns finds the proxy
     */
    GuardedSockets(AddressGuard guard, @Nullable GuardedDns dns, @Nullable ProxyServer proxy) {
        this.guard = guard;
        this.dns = dns;
        this.proxy = proxy;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket();
    }

    /**
     * The socket of ours that this one is or is layered on, as TLS is; null when it is closed. TLS
     * does not show the socket below it, but has the same ends.
     */
    @Nullable GuardedSocket below(Socket socket) {
        return socket instanceof GuardedSocket own ? own : open.get(Ends.of(socket));
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw onlyUnconnected();
    }

    private static UnsupportedOperationException onlyUnconnected() {
        return new UnsupportedOperationException("only unconnected sockets are handed out");
    }

    /** Between which addresses and ports; no two open sockets are between the same. */
    private record Ends(SocketAddress here, SocketAddress there) {
        static Ends of(Socket socket) {
            return new Ends(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
        }
    }

    /** Checks the address it is told to connect to. */
    final class GuardedSocket extends Socket {
        private volatile @Nullable Ends ends;
        private volatile boolean used;

        private GuardedSocket() {
            // Without this a socksProxyHost system property would send us through a proxy, where
            // nobody checks addresses.
            super(Proxy.NO_PROXY);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            if (!(endpoint instanceof InetSocketAddress target) || target.getAddress() == null) {
                throw new ForbiddenAddressException("not a resolved address: " + endpoint);
            }
            guard.check(target.getAddress());
            if (proxy == null || dns == null) {
                super.connect(endpoint, timeoutMillis);
            } else {
                connect(target, proxy, dns, timeoutMillis);
            }
            var between = Ends.of(this);
            ends = between;
            open.put(between, this);
            if (isClosed()) {
                open.remove(between, this);
            }
        }

        private void connect(
                InetSocketAddress target, ProxyServer by, GuardedDns names, int timeoutMillis)
                throws IOException {
            Optional<String> why = guard.refuseHost(by.host());
            if (why.isPresent()) {
                throw new ForbiddenAddressException("the proxy " + why.get());
            }
            InetAddress address =
                    by.host().startsWith("[")
                            ? InetAddress.ofLiteral(by.host().substring(1, by.host().length() - 1))
                            : names.lookup(by.host()).getFirst();
            guard.check(address);
            super.connect(new InetSocketAddress(address, by.port()), timeoutMillis);
            int patience = getSoTimeout();
            setSoTimeout(timeoutMillis);
            Tunnel.open(by, getInputStream(), getOutputStream(), target);
            setSoTimeout(patience);
        }

        @Override
        public void close() throws IOException {
            Ends between = ends;
            if (between != null) {
                open.remove(between, this);
            }
            super.close();
        }

        /** False the first time that it is asked, for the first request. */
        boolean isUsedAgain() {
            boolean before = used;
            used = true;
            return before;
        }

        /** Bytes that the host sent and nobody read, encrypted ones too. */
        int available() throws IOException {
            return getInputStream().available();
        }
    }
}
