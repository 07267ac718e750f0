package io.gleaner.perf.slowclients;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gleaner.perf.process.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Many connections that say the same, and then next to nothing. */
final class Attack implements AutoCloseable {

    private final List<SocketChannel> held = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(4_096);
    private int refused;

    /** How an attack goes. */
    enum Kind {
        SILENT("", false),
        HALF_A_HEAD("GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ", false),
        A_BYTE_A_SECOND("GET / HTTP/1.1\r\nHost: localhost\r\nX-Drip: ", true),
        HALF_A_BODY(
                "POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{",
                false);

        private final String begin;
        private final boolean drips;

        Kind(String begin, boolean drips) {
            this.begin = begin;
            this.drips = drips;
        }

        boolean drips() {
            return drips;
        }
    }

    /** From loopback addresses in turn. */
    void connect(int port, Kind kind, int count, int addresses) {
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int n = 0; n < count; n++) {
            try {
                SocketChannel channel = SocketChannel.open();
                held.add(channel);
                channel.bind(new InetSocketAddress("127.0.0." + (2 + n % addresses), 0));
                channel.connect(server);
                channel.configureBlocking(false);
                send(channel, kind.begin.getBytes(US_ASCII));
            } catch (IOException e) {
                throw new BenchException(
                        "connection %d could not be opened (%s); 'ulimit -n' must be above twice"
                                        .formatted(n + 1, e.getMessage())
                                + " the connections",
                        e);
            }
        }
    }

    void drip() {
        held.forEach(channel -> send(channel, new byte[] {'x'}));
    }

    /** Those that the server has not ended. */
    int held() {
        held.removeIf(this::isEnded);
        return held.size();
    }

    /** Those that were answered before they ended. */
    int refused() {
        return refused;
    }

    private boolean isEnded(SocketChannel channel) {
        try {
            for (int read = read(channel); read != 0; read = read(channel)) {
                if (read < 0) {
                    channel.close();
                    return true;
                }
                refused++;
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private int read(SocketChannel channel) throws IOException {
        buffer.clear();
        return channel.read(buffer);
    }

    private static void send(SocketChannel channel, byte[] bytes) {
        try {
            channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            // The server ended it; it is counted when it is read.
        }
    }

    @Override
    public void close() {
        for (SocketChannel channel : held) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new BenchException("a connection did not close", e);
            }
        }
    }
}
