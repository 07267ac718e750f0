package io.gleaner.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Finds out within a moment whether a host can be asked at all, for somebody who waits at a
 * terminal. Sends no request, and goes nowhere the address guard does not let it.
 */
public final class Knock {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private Knock() {}

    /** What came of it. */
    public sealed interface Answer {
        /** Somebody listens, and speaks TLS where that was asked for. */
        record Open() implements Answer {}

        /** The guard lets nobody in. */
        record Forbidden(String why) implements Answer {}

        /** Nobody is there, and waiting does not help. */
        record Nobody(String why) implements Answer {}

        /** Nothing can be said in that time. */
        record Unsure() implements Answer {}
    }

    /** Asks by name, address and port, and for {@code https} by a handshake. */
    public static Answer at(URI url, AddressGuard guard, Duration timeout)
            throws InterruptedException {
        var answer = new CompletableFuture<Answer>();
        Thread.ofVirtual()
                .name("knock")
                .start(
                        () -> {
                            try {
                                answer.complete(ask(url, guard, (int) timeout.toMillis()));
                            } catch (RuntimeException | Error e) {
                                answer.completeExceptionally(e);
                            }
                        });
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Answer.Unsure();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a bug in knocking at " + url, e.getCause());
        }
    }

    private static Answer ask(URI url, AddressGuard guard, int timeoutMillis) {
        String host = url.getHost();
        if (host == null) {
            return new Answer.Unsure();
        }
        var refused = guard.refuseHost(host);
        if (refused.isPresent()) {
            return new Answer.Forbidden(refused.get());
        }
        List<InetAddress> addresses;
        try {
            addresses = guard.resolve(host);
        } catch (ForbiddenAddressException e) {
            return new Answer.Forbidden(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return new Answer.Nobody("no address is known for the host " + host);
        }
        boolean tls = url.getScheme().equalsIgnoreCase("https");
        int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        boolean refusedByAll = true;
        for (InetAddress address : addresses) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), timeoutMillis);
                refusedByAll = false;
                if (tls) {
                    socket.setSoTimeout(timeoutMillis);
                    greet(socket, host, port);
                }
                return new Answer.Open();
            } catch (ConnectException e) {
                // The next address may be better.
            } catch (IOException e) {
                refusedByAll = false;
            }
        }
        return refusedByAll
                ? new Answer.Nobody("nobody listens on port %d of %s".formatted(port, host))
                : new Answer.Unsure();
    }

    private static void greet(Socket socket, String host, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (var secure = (SSLSocket) factory.createSocket(socket, host, port, true)) {
            secure.startHandshake();
        }
    }
}
