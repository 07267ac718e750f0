package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends any bytes and shows what came back, byte for byte. */
public final class RawClient implements AutoCloseable {

    // For a test that would otherwise wait for ever; nothing is decided by it.
    private static final int PATIENCE_MS = 30_000;
    private static final Pattern LENGTH =
            Pattern.compile("\\r\\ncontent-length: *(\\d+)\\r\\n", Pattern.CASE_INSENSITIVE);

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
    }

    public static RawClient connect(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** As somebody at another address of this machine. */
    public static RawClient connectFrom(String address, int port) throws IOException {
        var local = InetAddress.getByName(address);
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port, local, 0));
    }

    /** One that has little room for what it does not read. */
    public static RawClient connectWithSmallBuffer(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawClient(socket);
    }

    public void send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            // An answer may come, and end the connection, before all was sent.
        }
    }

    /** {@code |} is the end of a line. */
    public void send(String text) throws IOException {
        send(text.replace("|", "\r\n").getBytes(ISO_8859_1));
    }

    /** The next answer's status line and fields, or as much as there was before the end. */
    public String head() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = next();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** An answer of known length, its head and its body. */
    public String answer() throws IOException {
        String head = head();
        Matcher length = LENGTH.matcher(head);
        return head + body(length.find() ? Integer.parseInt(length.group(1)) : 0);
    }

    /** What comes until the connection ends. */
    public String rest() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int next = next(); next >= 0; next = next()) {
            body.write(next);
        }
        return body.toString(ISO_8859_1);
    }

    /** As many bytes, or as many as there were before the end. */
    public String body(int length) throws IOException {
        var body = new StringBuilder();
        while (body.length() < length) {
            int next = next();
            if (next < 0) {
                break;
            }
            body.append((char) next);
        }
        return body.toString();
    }

    /** Whether the server ended the connection and sent nothing more before. */
    public boolean ended() throws IOException {
        return next() < 0;
    }

    /** A reset is an end, too. */
    private int next() throws IOException {
        try {
            return in.read();
        } catch (SocketException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
