package io.gleaner.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port for probes, which answers whatever becomes of the API's: it has sockets and threads of its
 * own, and platform threads at that, so that no handler can keep them from running.
 *
 * <p>One request on a connection. A client may take a few seconds for it; when as many are there as
 * may be, the one that came first has to go, so that slow ones keep nobody out.
 */
public final class ProbeServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeServer.class);

    private static final int VISITS_MAX = 64;
    private static final int HEAD_MAX = 8_192;
    private static final Duration VISIT_MAX = Duration.ofSeconds(5);
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    /** What a page says. */
    public record Answer(int status, String reason, String mediaType, byte[] body) {

        static Answer plain(int status, String reason) {
            return new Answer(status, reason, "text/plain", (reason + "\n").getBytes(ISO_8859_1));
        }
    }

    private final ServerSocket server;
    private final Map<String, Supplier<Answer>> pages;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Visit> visits = new ArrayDeque<>();

    private ProbeServer(ServerSocket server, Map<String, Supplier<Answer>> pages) {
        this.server = server;
        this.pages = Map.copyOf(pages);
        Thread.ofPlatform().daemon().name("probes").start(this::acceptUntilClosed);
    }

    /**
     * @param pages by their path
     * @throws IOException if it cannot listen there
     */
    public static ProbeServer start(
            InetAddress address, int port, Map<String, Supplier<Answer>> pages) throws IOException {
        var server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(address, port));
            return new ProbeServer(server, pages);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("the port for probes did not close well", e);
        }
    }

    private void acceptUntilClosed() {
        while (closed.getCount() > 0) {
            try {
                begin(new Visit(server.accept()));
            } catch (IOException | RuntimeException e) {
                if (!server.isClosed()) {
                    LOG.warn("no connection for a probe: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    /** Out of files, for one, nothing helps but time. */
    private void pause() {
        try {
            boolean _ = closed.await(ACCEPT_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Visit visit) {
        lock.lock();
        try {
            if (visits.size() == VISITS_MAX) {
                visits.removeFirst().end();
            }
            visits.addLast(visit);
        } finally {
            lock.unlock();
        }
        visit.thread.start();
    }

    private void leave(Visit visit) {
        lock.lock();
        try {
            visits.remove(visit);
        } finally {
            lock.unlock();
        }
    }

    /** One client. */
    private final class Visit {
        private final Socket socket;
        private final long deadline = System.nanoTime() + VISIT_MAX.toNanos();
        private final Thread thread =
                Thread.ofPlatform().daemon().name("probe").unstarted(this::serve);

        Visit(Socket socket) {
            this.socket = socket;
        }

        void end() {
            thread.interrupt();
            close();
        }

        private void serve() {
            try {
                answer(page(head()));
            } catch (IOException e) {
                LOG.debug("a probe went away", e);
            } catch (RuntimeException e) {
                LOG.error("a bug met a probe", e);
            } finally {
                leave(this);
                close();
            }
        }

        private String head() throws IOException {
            var head = new StringBuilder();
            byte[] bytes = new byte[HEAD_MAX];
            InputStream in = socket.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0 && head.length() <= HEAD_MAX) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new SocketTimeoutException("no head in " + VISIT_MAX);
                }
                socket.setSoTimeout((int) left);
                int length = in.read(bytes);
                if (length < 0) {
                    throw new IOException("no whole head");
                }
                head.append(new String(bytes, 0, length, ISO_8859_1));
            }
            return head.toString();
        }

        private Answer page(String head) {
            if (head.indexOf("\r\n\r\n") < 0) {
                return Answer.plain(431, "Request Header Fields Too Large");
            }
            String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
            if (line.length != 3 || !line[2].matches("HTTP/1\\.[01]")) {
                return Answer.plain(400, "Bad Request");
            }
            if (!line[0].equals("GET") && !line[0].equals("HEAD")) {
                return Answer.plain(405, "Method Not Allowed");
            }
            Supplier<Answer> page = pages.get(line[1].split("\\?", 2)[0]);
            Answer answer = page == null ? Answer.plain(404, "Not Found") : page.get();
            return line[0].equals("GET")
                    ? answer
                    : new Answer(answer.status(), answer.reason(), answer.mediaType(), new byte[0]);
        }

        /** Short enough for the socket's buffer, so this does not wait for the client. */
        private void answer(Answer answer) throws IOException {
            String head =
                    """
                    HTTP/1.1 %d %s\r
                    Content-Type: %s\r
                    Content-Length: %d\r
                    Cache-Control: no-store\r
                    X-Content-Type-Options: nosniff\r
                    Connection: close\r
                    \r
                    """
                            .formatted(
                                    answer.status(),
                                    answer.reason(),
                                    answer.mediaType(),
                                    answer.body().length);
            var out = new java.io.ByteArrayOutputStream();
            out.writeBytes(head.getBytes(ISO_8859_1));
            out.writeBytes(answer.body());
            socket.getOutputStream().write(out.toByteArray());
            socket.shutdownOutput();
        }

        private void close() {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("a probe's connection did not close well", e);
            }
        }
    }
}
