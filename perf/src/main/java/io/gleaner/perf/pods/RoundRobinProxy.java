package io.gleaner.perf.pods;

import io.gleaner.perf.load.Target;
import io.gleaner.perf.process.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A cluster's Service: each new connection goes to the next endpoint and stays with it, as behind
 * kube-proxy. What an endpoint refuses the client sees; nothing is tried again.
 */
public final class RoundRobinProxy implements AutoCloseable {

    private static final int BYTES = 64 * 1024;
    private static final int BACKLOG = 1024;
    private static final int CONNECT_MS_MAX = 1_000;

    private final Endpoints endpoints;
    private final ServerSocket server;
    private final AtomicLong next = new AtomicLong();
    private final LongAdder joined = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private RoundRobinProxy(Endpoints endpoints, ServerSocket server) {
        this.endpoints = endpoints;
        this.server = server;
    }

    /** Listens on a free port of loopback. */
    public static RoundRobinProxy over(Endpoints endpoints) {
        try {
            var proxy =
                    new RoundRobinProxy(
                            endpoints,
                            new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("round-robin").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new BenchException("no port is free for a proxy", e);
        }
    }

    public Target target() {
        return new Target("127.0.0.1", server.getLocalPort());
    }

    /** Connections that reached an endpoint. */
    public long joined() {
        return joined.sum();
    }

    /** Connections that an endpoint refused, or for which there was none. */
    public long refused() {
        return refused.sum();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.startVirtualThread(() -> join(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void join(Socket client) {
        List<Target> now = endpoints.addresses();
        var upstream = new Socket();
        open.add(upstream);
        try (client;
                upstream) {
            if (now.isEmpty()) {
                throw new IOException("no endpoint");
            }
            Target target = now.get((int) (next.getAndIncrement() % now.size()));
            connect(client, upstream, target);
            Thread back = Thread.startVirtualThread(() -> pass(upstream, client));
            pass(client, upstream);
            back.join();
        } catch (IOException e) {
            // Whoever is left sees its connection end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            open.remove(upstream);
        }
    }

    private void connect(Socket client, Socket upstream, Target target) throws IOException {
        try {
            upstream.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_MS_MAX);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            joined.increment();
        } catch (IOException e) {
            refused.increment();
            throw e;
        }
    }

    /** An end of one direction is passed on; an answer that is still on its way is not cut. */
    private static void pass(Socket from, Socket to) {
        byte[] bytes = new byte[BYTES];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                out.write(bytes, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new BenchException("a connection of the proxy could not be closed", e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new BenchException("the proxy could not be closed", e);
        }
        open.forEach(RoundRobinProxy::close);
    }
}
