package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to one request, down to its bytes.
 *
 * <p>{@link #send} and its shorthands write a well-formed answer and keep the connection; {@link
 * #exactly} keeps it whatever was written; {@link #head} and everything after it write exactly what
 * they are given, and the connection is closed when the route returns.
 */
public final class RawResponse {

    private final Socket socket;
    private final OutputStream out;
    private final boolean headOnly;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean reusable;

    RawResponse(Socket socket, OutputStream out, boolean headOnly) {
        this.socket = socket;
        this.out = out;
        this.headOnly = headOnly;
    }

    /** Adds a header to the answer that {@link #send} or {@link #head} will write. */
    public RawResponse header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** 200, UTF-8, {@code text/html}. */
    public void html(String body) throws IOException {
        send(200, "text/html; charset=utf-8", body.getBytes(UTF_8));
    }

    /** 200, UTF-8, {@code text/plain}. */
    public void text(String body) throws IOException {
        send(200, "text/plain; charset=utf-8", body.getBytes(UTF_8));
    }

    /** An answer of the given status with a small page that names it. */
    public void status(int status) throws IOException {
        String body =
                "<html><title>%1$d</title><body><p>Status %1$d.</p></body></html>"
                        .formatted(status);
        send(status, "text/html; charset=utf-8", body.getBytes(UTF_8));
    }

    public void redirect(int status, String location) throws IOException {
        header("Location", location).send(status, "text/plain", new byte[0]);
    }

    /**
     * A whole, well-formed answer with its length; an empty content type leaves that header out.
     */
    public void send(int status, String contentType, byte[] body) throws IOException {
        if (!contentType.isEmpty()) {
            headers.putIfAbsent("Content-Type", contentType);
        }
        if (status != 204 && status != 304) {
            headers.putIfAbsent("Content-Length", Integer.toString(body.length));
        }
        writeHead(status);
        if (!headOnly && status != 204 && status != 304) {
            out.write(body);
        }
        out.flush();
        reusable = true;
    }

    /** Status line and headers at once; the body, its framing and its faults are the caller's. */
    public RawResponse head(int status) throws IOException {
        headers.putIfAbsent("Connection", "close");
        writeHead(status);
        out.flush();
        return this;
    }

    /** The whole answer as it is, sent at once; whatever it says, the connection is kept. */
    public void exactly(byte[] answer) throws IOException {
        write(answer);
        reusable = true;
    }

    /** ASCII for {@link #exactly(byte[])}. */
    public void exactly(String answer) throws IOException {
        exactly(answer.getBytes(ISO_8859_1));
    }

    /** Bytes as they are, sent at once. */
    public RawResponse write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** ASCII as it is, sent at once. */
    public RawResponse write(String ascii) throws IOException {
        return write(ascii.getBytes(ISO_8859_1));
    }

    /** A stream whose writes become chunks and whose close is the last chunk. */
    public OutputStream chunked() {
        return new ChunkedOutput(out);
    }

    /**
     * Says nothing for a while. Ends early, with an exception, when the client leaves or the site
     * is closed: waiting on the socket notices both.
     */
    public void pause(Duration duration) throws IOException {
        socket.setSoTimeout(Math.toIntExact(Math.max(1, duration.toMillis())));
        try {
            int read = socket.getInputStream().read();
            throw new SocketException(
                    read < 0 ? "the client left" : "the client spoke out of turn");
        } catch (SocketTimeoutException paused) {
            // Silence is what was asked for.
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /** Breaks the connection with a TCP reset instead of an orderly end. */
    public void reset() throws IOException {
        out.flush();
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean reusable() {
        return reusable;
    }

    private void writeHead(int status) throws IOException {
        var head = new StringBuilder("HTTP/1.1 %d Test\r\n".formatted(status));
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }
}
