package io.gleaner.perf.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the site on every address of loopback at one port, a virtual thread a connection. The
 * socket is bound to all addresses, because loopback has 16 million; peers that are not on loopback
 * are closed at once.
 */
public final class SiteServer implements AutoCloseable {

    private static final int BACKLOG = 8_192;

    private final ServerSocket listener;
    private final SitePages pages;
    private final SiteCounts counts;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private SiteServer(ServerSocket listener, SitePlan plan) {
        this.listener = listener;
        this.pages = new SitePages(plan, listener.getLocalPort());
        this.counts = new SiteCounts(plan.pages());
    }

    /**
     * @param port 0 for any free one
     */
    public static SiteServer start(SitePlan plan, int port) throws IOException {
        var server = new SiteServer(new ServerSocket(port, BACKLOG), plan);
        Thread.ofPlatform().name("site-accept").daemon().start(server::accept);
        return server;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public SiteStats stats() {
        return counts.stats();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                if (socket.getInetAddress().isLoopbackAddress()) {
                    open.add(socket);
                    threads.execute(() -> serve(socket));
                } else {
                    socket.close();
                }
            } catch (IOException e) {
                // Closed, or out of file descriptors for a moment: the loop's condition decides.
                Thread.onSpinWait();
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new SiteConnection(socket, pages, counts).serve();
        } catch (IOException e) {
            // The client left.
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
