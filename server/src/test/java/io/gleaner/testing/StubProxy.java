package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that speaks HTTP's CONNECT and SOCKS 5, whichever a client begins with. */
public final class StubProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();

    public StubProxy() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Where clients wanted to, {@code address:port}. */
    public List<String> seen() {
        return seen;
    }

    /** What clients said of themselves. */
    public List<String> logins() {
        return logins;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            int first = in.read();
            String target = first == 5 ? socks(in, out) : connect(in, first);
            int colon = target.lastIndexOf(':');
            seen.add(target);
            try (var there =
                    new Socket(
                            target.substring(0, colon),
                            Integer.parseInt(target.substring(colon + 1)))) {
                out.write(
                        first == 5
                                ? new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0}
                                : "HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
                out.flush();
                Thread.startVirtualThread(() -> copy(client, there));
                there.getInputStream().transferTo(out);
            }
        } catch (IOException e) {
            // The client sees that the connection ends.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // Either has hung up.
        }
    }

    private String connect(DataInputStream in, int first) throws IOException {
        var head = new ByteArrayOutputStream();
        head.write(first);
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readByte());
        }
        String[] lines = head.toString(ISO_8859_1).split("\r\n", -1);
        for (String line : lines) {
            if (line.startsWith("Proxy-Authorization: ")) {
                logins.add(line.substring("Proxy-Authorization: ".length()));
            }
        }
        return lines[0].split(" ", -1)[1];
    }

    private String socks(DataInputStream in, OutputStream out) throws IOException {
        byte[] methods = in.readNBytes(in.read());
        boolean login = methods[0] == 2;
        out.write(new byte[] {5, methods[0]});
        if (login) {
            in.read();
            String user = new String(in.readNBytes(in.read()), ISO_8859_1);
            logins.add(user + ":" + new String(in.readNBytes(in.read()), ISO_8859_1));
            out.write(new byte[] {1, 0});
        }
        in.readNBytes(3);
        int kind = in.read();
        byte[] address = in.readNBytes(kind == 1 ? 4 : 16);
        return InetAddress.getByAddress(address).getHostAddress() + ":" + in.readUnsignedShort();
    }
}
