package io.gleaner.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
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
    private final Map<Ends, GuardedSocket> open = new ConcurrentHashMap<>();

    GuardedSockets(AddressGuard guard) {
        this.guard = guard;
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
            super.connect(endpoint, timeoutMillis);
            var between = Ends.of(this);
            ends = between;
            open.put(between, this);
            if (isClosed()) {
                open.remove(between, this);
            }
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
