package io.gleaner.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A hostile web site on loopback, over raw sockets, so that an answer can be wrong in any byte.
 *
 * <p>Every path, and what to expect of Gleaner for it, is in {@code docs/testing.md}. The groups:
 *
 * <table>
 * <caption>Paths</caption>
 * <tr><th>path<th>what
 * <tr><td>/, /index.html, /about.html ...<td>a small, ordinary site ({@link SmallSite})
 * <tr><td>/graph/{n}/{i}<td>page i of n; it links to 2i+1, 2i+2 and i-1
 * <tr><td>/deep/{n}, /unclosed, /base-href ...<td>markup as a trap ({@link MarkupRoutes})
 * <tr><td>/slow-header, /never-ending ...<td>too slow, or without end ({@link StallRoutes})
 * <tr><td>/reset-in-the-middle ...<td>broken off, or not HTTP ({@link BrokenRoutes})
 * <tr><td>/gzip-bomb, /body-200mb ...<td>too large ({@link BombRoutes})
 * <tr><td>/redirect-..., /cookie-redirect<td>sent elsewhere ({@link RedirectRoutes})
 * <tr><td>/status/{code}, /429-then-ok/{k} ...<td>no, or not now ({@link StatusRoutes})
 * <tr><td>/charset/...<td>the {@link SiteTexts} in many charsets ({@link CharsetRoutes})
 * <tr><td>/encoded/..., /type/..., /echo<td>types and encodings ({@link TypeRoutes})
 * <tr><td>/sitemap.xml ...<td>sitemaps ({@link SitemapRoutes})
 * <tr><td>/robots.txt<td>what {@link #robots} says, at first 404 ({@link RobotsMode})
 * </table>
 *
 * <p>Routes that change with each request, such as {@code /500-then-ok/{k}}, go by the request's
 * ordinal among those of its path, which {@link #reset} starts anew. Every wait ends when the
 * client leaves or the site is closed.
 */
public final class TestSite implements AutoCloseable {

    private static final int ACCEPT_BACKLOG = 4096;
    private static final int CLOSE_SECONDS_MAX = 10;

    private final String scheme;
    private final ServerSocket server;
    private final InstantSource clock = InstantSource.system();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final List<RecordedRequest> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger inFlightMax = new AtomicInteger();

    private TestSite(String scheme, ServerSocket server) {
        this.scheme = scheme;
        this.server = server;
        SmallSite.addTo(this);
        MarkupRoutes.addTo(this);
        StallRoutes.addTo(this);
        BrokenRoutes.addTo(this);
        BombRoutes.addTo(this);
        RedirectRoutes.addTo(this);
        StatusRoutes.addTo(this);
        CharsetRoutes.addTo(this);
        TypeRoutes.addTo(this);
        SitemapRoutes.addTo(this);
        robots(RobotsMode.MISSING);
    }

    /** Starts on 127.0.0.1 and a port of the system's choice. */
    public static TestSite start() {
        return start("127.0.0.1");
    }

    /** Starts on the given address, such as 127.0.0.7, so that a test can have several hosts. */
    public static TestSite start(String address) {
        try {
            return start("http", address, new ServerSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts on 127.0.0.1 behind TLS, with HTTP/1.1 only. */
    public static TestSite start(SSLContext tls) {
        try {
            return start("https", "127.0.0.1", tls.getServerSocketFactory().createServerSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestSite start(String scheme, String address, ServerSocket server)
            throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getByName(address), 0), ACCEPT_BACKLOG);
        var site = new TestSite(scheme, server);
        site.threads.execute(site::acceptUntilClosed);
        return site;
    }

    /** The absolute URL of a path (with or without a query), by address. */
    public URI url(String path) {
        String address = server.getInetAddress().getHostAddress();
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create(scheme + "://" + host + ":" + port() + path);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How often a path was asked for since the start or the last {@link #reset}. */
    public int requests(String path) {
        AtomicInteger count = counts.get(path);
        return count == null ? 0 : count.get();
    }

    /** How many connections were accepted since the start. */
    public int connections() {
        return connections.get();
    }

    /** The most requests that were being answered at one moment. */
    public int requestsInFlightMax() {
        return inFlightMax.get();
    }

    /** Every request so far, in order of arrival. */
    public List<RecordedRequest> log() {
        return List.copyOf(log);
    }

    /**
     * Forgets counts and log, so that routes that change with each request start anew, and takes
     * robots.txt away. Routes added by the test stay.
     */
    public void reset() {
        counts.clear();
        log.clear();
        inFlightMax.set(inFlight.get());
        robots(RobotsMode.MISSING);
    }

    /** Adds or replaces a route; a path that ends in {@code /*} answers everything below it. */
    public TestSite route(String path, Route route) {
        routes.put(path, route);
        return this;
    }

    /** What {@code /robots.txt} answers from now on. */
    public TestSite robots(RobotsMode mode) {
        return route("/robots.txt", mode.route());
    }

    /** Ends every connection and waits for their threads; answers that were waiting are dropped. */
    @Override
    public void close() {
        closeQuietly(server);
        open.forEach(TestSite::closeQuietly);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a route does not end when it is interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    RecordedRequest record(
            String method, String path, String query, Map<String, String> headers, String body) {
        inFlightMax.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        int ordinal = counts.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
        var request =
                new RecordedRequest(method, path, query, headers, body, clock.instant(), ordinal);
        log.add(request);
        return request;
    }

    void answered() {
        inFlight.decrementAndGet();
    }

    Set<String> routes() {
        return Set.copyOf(routes.keySet());
    }

    Route routeFor(String path) {
        Route exact = routes.get(path);
        if (exact != null) {
            return exact;
        }
        for (int slash = path.lastIndexOf('/');
                slash >= 0;
                slash = path.lastIndexOf('/', slash - 1)) {
            Route below = routes.get(path.substring(0, slash) + "/*");
            if (below != null) {
                return below;
            }
        }
        return (request, out) -> out.status(404);
    }

    private void acceptUntilClosed() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                closeQuietly(server); // it was closed; and without a server there is no site
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new Connection(socket, this).serve();
        } catch (IOException | RuntimeException e) {
            // A client that leaves in the middle is a normal visitor here; a route that fails
            // shows as a broken connection.
            closeQuietly(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closing is all that is left to do.
        }
    }
}
