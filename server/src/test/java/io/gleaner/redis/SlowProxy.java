package io.gleaner.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Passes bytes on to a port of this machine, each answer as much later as it is told. */
final class SlowProxy implements AutoCloseable {

    private static final int BYTES = 64 * 1024;

    private final int target;
    private final ServerSocket server;
    private volatile Duration delay = Duration.ZERO;

    SlowProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    void delay(Duration time) {
        delay = time;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.startVirtualThread(() -> pass(client, upstream, false));
                Thread.startVirtualThread(() -> pass(upstream, client, true));
            }
        } catch (IOException e) {
            // Closed.
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
    public void close() throws IOException {
        server.close();
    }
}
