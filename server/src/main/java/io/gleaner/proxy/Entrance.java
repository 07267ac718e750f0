package io.gleaner.proxy;

import io.gleaner.fetch.GuardedConnector;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one context of the browser comes in: a port on loopback. It serves while a page is under
 * way and nothing otherwise.
 */
public final class Entrance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final int ACCEPT_BACKLOG = 512;
    private static final int DENIALS_MAX = 64;

    private final ServerSocket server;
    private final GuardedConnector connector;
    private final PageLimits limits;
    private final AdHosts ads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Denial> denials = new LinkedHashMap<>();
    private volatile @Nullable Usage usage;

    private Entrance(
            ServerSocket server, GuardedConnector connector, PageLimits limits, AdHosts ads) {
        this.server = server;
        this.connector = connector;
        this.limits = limits;
        this.ads = ads;
    }

    /** Opens one on a free port. */
    public static Entrance open(GuardedConnector connector, PageLimits limits) throws IOException {
        return open(connector, limits, AdHosts.none());
    }

    /**
     * Opens one on a free port.
     *
     * @param ads hosts that are not reached through it
     */
    public static Entrance open(GuardedConnector connector, PageLimits limits, AdHosts ads)
            throws IOException {
        var server = new ServerSocket();
        try {
            server.bind(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), ACCEPT_BACKLOG);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var entrance = new Entrance(server, connector, limits, ads);
        Thread.ofVirtual().name("proxy-", server.getLocalPort()).start(entrance::acceptAll);
        return entrance;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on it serves, and counts. What is kept open from the page before stays open. */
    public Usage begin() {
        var begun = new Usage(limits);
        synchronized (denials) {
            denials.clear();
        }
        usage = begun;
        return begun;
    }

    /** What the page under way has used, or null when there is none. */
    public @Nullable Usage usage() {
        return usage;
    }

    /** From now on it serves nothing new. */
    public void end() {
        usage = null;
    }

    /** Cuts every connection; what is asked for from now on is refused until the next page. */
    public void cut() {
        usage = null;
        open.forEach(Entrance::closeQuietly);
    }

    /** Why a host was not reached since the page began, or null when it was. */
    public @Nullable Denial denial(String host) {
        synchronized (denials) {
            return denials.get(host);
        }
    }

    @Override
    public void close() {
        closeQuietly(server);
        cut();
    }

    GuardedConnector connector() {
        return connector;
    }

    boolean blocks(String host) {
        return ads.block(host);
    }

    void deny(String host, Denial denial) {
        synchronized (denials) {
            if (denials.size() < DENIALS_MAX) {
                denials.put(host, denial);
            }
        }
    }

    /** Counts against the page under way; false when it may not, or there is none. */
    boolean addBytes(int count) {
        Usage now = usage;
        return now != null && now.addBytes(count);
    }

    boolean addRequest() {
        Usage now = usage;
        return now != null && now.addRequest();
    }

    /** To be cut with the rest; closes it at once when that has happened. */
    void adopt(Socket socket) {
        open.add(socket);
        if (server.isClosed()) {
            closeQuietly(socket);
        }
    }

    void release(Socket socket) {
        open.remove(socket);
        closeQuietly(socket);
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                // Two for each connection: one to the browser, one to the host.
                if (usage == null || open.size() >= 2 * limits.connectionsMax()) {
                    closeQuietly(client);
                    continue;
                }
                adopt(client);
                Thread.ofVirtual().name("proxied").start(new Exchange(this, client)::serve);
            } catch (IOException e) {
                LOG.debug("the entrance is closed", e);
            }
        }
    }

    static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // Closing is all that is left to do.
        }
    }
}
