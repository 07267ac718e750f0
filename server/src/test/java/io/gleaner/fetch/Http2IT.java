package io.gleaner.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.job.FaultCode;
import io.gleaner.testing.SelfSigned;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS: HTTP/2 by ALPN, against just enough of a server (RFC 9113), and a stranger's certificate.
 */
class Http2IT {

    private static final byte[] PAGE = "<p>by HTTP/2".getBytes(UTF_8);

    // HPACK (RFC 7541): ":status: 200" from the static table, then content-type, name from there.
    private static final byte[] HEADERS = "\u0088\u000f\u0010\ttext/html".getBytes(ISO_8859_1);

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicReference<String> protocol = new AtomicReference<>("");

    private static SelfSigned keys;
    private SSLServerSocket server;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = SelfSigned.in(folder);
    }

    @BeforeEach
    void start() throws Exception {
        server =
                (SSLServerSocket)
                        keys.server()
                                .getServerSocketFactory()
                                .createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        var parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        server.setSSLParameters(parameters);
        Thread.startVirtualThread(this::acceptUntilClosed);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void http2IsSpokenOnTlsAndTheConnectionIsShared() throws Exception {
        var tls = keys.client().getSocketFactory();
        var trust = keys.trust();
        try (var fetcher =
                new Fetcher(
                        FetchConfig.standard(),
                        guard(),
                        builder -> builder.sslSocketFactory(tls, trust))) {
            for (int i = 0; i < 3; i++) {
                assertThat(fetcher.fetch(FetcherIT.request(url(), Map.of()), HopGate.open()))
                        .isInstanceOfSatisfying(
                                Fetched.class,
                                fetched -> assertThat(fetched.response().body()).isEqualTo(PAGE));
            }
        }
        assertThat(protocol.get()).isEqualTo("h2");
        assertThat(connections).hasValue(1);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsATlsFailure() throws Exception {
        try (var fetcher = new Fetcher(FetchConfig.standard(), guard())) {
            assertThat(fetcher.fetch(FetcherIT.request(url(), Map.of()), HopGate.open()))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.code()).isEqualTo(FaultCode.TLS_FAILURE));
        }
    }

    private URI url() {
        return URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private static AddressGuard guard() {
        return new AddressGuard(AddressPolicy.allowing("127.0.0.1"));
    }

    private void acceptUntilClosed() {
        while (!server.isClosed()) {
            try {
                var socket = (SSLSocket) server.accept();
                connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            protocol.set(socket.getApplicationProtocol());
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            in.readNBytes(24); // the client's preface
            frame(out, 4, 0, 0, new byte[0]);
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                in.readNBytes(length);
                if (type == 4 && (flags & 1) == 0) {
                    frame(out, 4, 1, 0, new byte[0]);
                } else if (type == 1) {
                    frame(out, 1, 4, stream, HEADERS);
                    frame(out, 0, 1, stream, PAGE);
                }
            }
        } catch (IOException e) {
            // The client is done.
        }
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }
}
