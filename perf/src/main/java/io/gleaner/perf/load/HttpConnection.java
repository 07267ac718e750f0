package io.gleaner.perf.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/** One blocking connection: a request after the other. One thread may write while another reads. */
public final class HttpConnection implements AutoCloseable {

    private static final int READ_BYTES = 16 * 1024;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private final Socket socket;
    private final ReplyBuffer buffer = new ReplyBuffer();
    private final byte[] chunk = new byte[READ_BYTES];

    private HttpConnection(Socket socket) {
        this.socket = socket;
    }

    public static HttpConnection open(Target target) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(target.address(), Math.toIntExact(CONNECT_MAX.toMillis()));
            return new HttpConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request and waits for its answer. */
    public HttpReply exchange(byte[] request) throws IOException {
        write(request);
        return read();
    }

    /** Longest wait for more of an answer. */
    public void patience(Duration longest) throws IOException {
        socket.setSoTimeout(Math.toIntExact(longest.toMillis()));
    }

    void write(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
    }

    /**
     * Waits for the next answer.
     *
     * @throws EOFException when the server closed before it was whole
     */
    HttpReply read() throws IOException {
        while (true) {
            HttpReply reply = buffer.next(false);
            if (reply != null) {
                return reply;
            }
            int count = socket.getInputStream().read(chunk);
            if (count < 0) {
                HttpReply last = buffer.next(true);
                if (last == null) {
                    throw new EOFException("the server closed the connection");
                }
                return last;
            }
            buffer.append(ByteBuffer.wrap(chunk, 0, count));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
