package io.gleaner.perf.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Passes bytes on to a port of this machine, each answer as much later as it is told. */
public final class DelayingProxy implements AutoCloseable {

    private static final int BYTES = 64 * 1024;
    private static final int BACKLOG = 50;

    private final int target;
    private final ServerSocket server;
    private volatile Duration delay = Duration.ZERO;

    private DelayingProxy(int target, ServerSocket server) {
        this.target = target;
        this.server = server;
    }

    public static DelayingProxy before(int target) {
        try {
            var proxy =
                    new DelayingProxy(
                            target, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread.startVirtualThread(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new BenchException("no port is free for a proxy", e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public void delay(Duration time) {
        delay = time;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                join(client);
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    /** A client of a target that is gone is sent away. */
    private void join(Socket client) throws IOException {
        try {
            var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            Thread.startVirtualThread(() -> pass(client, upstream, false));
            Thread.startVirtualThread(() -> pass(upstream, client, true));
        } catch (IOException e) {
            client.close();
        }
    }

    private void pass(Socket from, Socket to, boolean slow) {
        byte[] bytes = new byte[BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (slow) {
                    LockSupport.parkNanos(delay.toNanos());
                }
                out.write(bytes, 0, count);
            }
        } catch (IOException e) {
            // One side has gone, and the other goes with it.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new BenchException("the proxy could not be closed", e);
        }
    }
}
