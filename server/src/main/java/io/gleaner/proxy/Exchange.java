package io.gleaner.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gleaner.fetch.GuardedConnector.Connection;
import io.gleaner.job.FaultCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the browser: one plain request with its answer, or one tunnel. Both ways are
 * carried by a thread each.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** Longest silence; a page that waits longer for anything has met its own limit before. */
    private static final int SILENCE_MAX_MILLIS = 300_000;

    private static final int BUFFER_BYTES = 16 << 10;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final String AD = "blockAds: it serves advertisements or tracks";
    private static final byte[] TUNNEL_OPEN =
            "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1);

    private final Entrance entrance;
    private final Socket client;

    Exchange(Entrance entrance, Socket client) {
        this.entrance = entrance;
        this.client = client;
    }

    void serve() {
        try {
            client.setTcpNoDelay(true);
            client.setSoTimeout(SILENCE_MAX_MILLIS);
            var in = new BufferedInputStream(client.getInputStream(), BUFFER_BYTES);
            RequestHead head = RequestHead.read(in);
            if (head != null && entrance.addRequest()) {
                serve(head, in);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a connection of the browser ended", e);
        } finally {
            entrance.release(client);
        }
    }

    private void serve(RequestHead head, InputStream in) throws IOException {
        String[] line = head.first().split(" ", 3);
        if (line.length < 3) {
            throw new IOException("not a request");
        }
        if (line[0].equals("CONNECT")) {
            tunnel(Authority.parse(line[1], HTTPS_PORT), in);
        } else {
            forward(head, line, in);
        }
    }

    private void tunnel(Authority to, InputStream in) throws IOException {
        Socket host = connect(to);
        if (host == null) {
            return;
        }
        try {
            client.getOutputStream().write(TUNNEL_OPEN);
            client.getOutputStream().flush();
            Thread up = carry(in, host.getOutputStream(), host);
            copy(host.getInputStream(), client.getOutputStream());
            Entrance.closeQuietly(client);
            join(up);
        } finally {
            entrance.release(host);
        }
    }

    /**
     * The host is told that this is the only request, and so is the browser, whatever the host
     * says: another one on this connection might be for another host.
     */
    private void forward(RequestHead head, String[] line, InputStream in) throws IOException {
        String target = line[1];
        if (!target.toLowerCase(Locale.ROOT).startsWith("http://")) {
            throw new IOException("not a plain request to a proxy");
        }
        int path = target.indexOf('/', "http://".length());
        int query = target.indexOf('?', "http://".length());
        int end = path < 0 ? query : query < 0 ? path : Math.min(path, query);
        String authority = target.substring("http://".length(), end < 0 ? target.length() : end);
        String rest = end < 0 ? "/" : target.substring(end);
        Authority to = Authority.parse(authority, HTTP_PORT);
        long bodyBytes = bodyBytes(head);
        Socket host = connect(to);
        if (host == null) {
            return;
        }
        try {
            OutputStream out = host.getOutputStream();
            String origin = rest.startsWith("/") ? rest : "/" + rest;
            send(head.closing(line[0] + " " + origin + " HTTP/1.1"), out);
            copy(in, out, bodyBytes);
            // Nothing more goes up; this only hears when the browser leaves.
            Thread left = carry(in, OutputStream.nullOutputStream(), host);
            answer(host.getInputStream());
            Entrance.closeQuietly(client);
            join(left);
        } finally {
            entrance.release(host);
        }
    }

    private void answer(InputStream from) throws IOException {
        var in = new BufferedInputStream(from, BUFFER_BYTES);
        RequestHead head = RequestHead.read(in);
        while (head != null && isInterim(head)) {
            head = RequestHead.read(in);
        }
        if (head == null) {
            return;
        }
        OutputStream out = client.getOutputStream();
        send(head.closing(head.first()), out);
        copy(in, out);
    }

    private static boolean isInterim(RequestHead head) {
        String[] line = head.first().split(" ", 3);
        return line.length > 1 && line[1].startsWith("1");
    }

    private static long bodyBytes(RequestHead head) throws IOException {
        String length = head.header("content-length");
        if (head.header("transfer-encoding") != null) {
            throw new IOException("a request body without a length");
        }
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            throw new IOException("not a length", e);
        }
    }

    private @Nullable Socket connect(Authority to) throws IOException {
        if (entrance.blocks(to.host())) {
            entrance.deny(to.host(), new Denial(FaultCode.CONNECT_FAILURE, AD));
            return null;
        }
        return switch (entrance.connector().connect(to.host(), to.port())) {
            case Connection.Open(var socket) -> {
                entrance.adopt(socket);
                socket.setSoTimeout(SILENCE_MAX_MILLIS);
                yield socket;
            }
            case Connection.None(FaultCode code, String detail) -> {
                entrance.deny(to.host(), new Denial(code, detail));
                yield null;
            }
        };
    }

    /** In a thread of its own; at its end the other side is told that no more comes. */
    private Thread carry(InputStream in, OutputStream out, Socket to) {
        return Thread.ofVirtual()
                .name("proxied-up")
                .start(
                        () -> {
                            try {
                                copy(in, out);
                            } catch (IOException e) {
                                LOG.debug("the way up ended", e);
                            } finally {
                                Entrance.closeQuietly(to);
                            }
                        });
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        copy(in, out, Long.MAX_VALUE);
    }

    private void copy(InputStream in, OutputStream out, long bytesMax) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = bytesMax;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return;
            }
            left -= read;
            if (!entrance.addBytes(read)) {
                throw new IOException("the page may use no more");
            }
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private void send(byte[] bytes, OutputStream out) throws IOException {
        if (!entrance.addBytes(bytes.length)) {
            throw new IOException("the page may use no more");
        }
        out.write(bytes);
        out.flush();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
