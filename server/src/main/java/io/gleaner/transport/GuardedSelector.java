package io.gleaner.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.time.Duration;
import java.util.Set;

/** Serves HTTP/1.1 and HTTP/1.0 on each connection, within the limits. */
public final class GuardedSelector implements ServerConnectionSelector, AutoCloseable {

    private static final Duration LOOK_MAX = Duration.ofSeconds(1);
    private static final String KEEP_ALIVE = HeaderValues.CONNECTION_KEEP_ALIVE.get();
    private static final int LOOKS_IN_A_HEAD = 10;

    private final ConnectionLimits limits;
    private final Shares connections;
    private final Watchdog watchdog;
    private final ServerConnectionSelector http1 =
            Http1ConnectionSelector.builder()
                    .config(
                            Http1Config.builder()
                                    // Listeners that log would come into a list with ours.
                                    .log(log -> log.receiveLog(false).sendLog(false))
                                    .addReceiveListener(new Progress())
                                    .addSendListener(new Ending())
                                    .build())
                    // On paths that have a listener. Who may is the listener's to say.
                    .addUpgrader(WsUpgrader.create(WsConfig.create()))
                    .build();

    public GuardedSelector(ConnectionLimits limits) {
        this.limits = limits;
        this.connections = new Shares(limits.connectionsMax(), limits.perAddressMax());
        Duration look = limits.headMax().dividedBy(LOOKS_IN_A_HEAD);
        this.watchdog = new Watchdog(look.compareTo(LOOK_MAX) < 0 ? look : LOOK_MAX);
    }

    /** Connections that are open now. */
    public int open() {
        return connections.taken();
    }

    @Override
    public ServerConnection connection(ConnectionContext real) {
        var context = new GuardedContext(real, limits);
        ServerConnection served = http1.connection(context);
        if (served instanceof InterruptableTask<?> task) {
            // It may be interrupted while it waits for a request, and only then.
            context.serve(task::canInterrupt, () -> served.close(false));
        }
        return new GuardedConnection(context, served, connections, limits, watchdog);
    }

    /** Zero: it is the only one there is, and looks for itself. */
    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public void close() {
        watchdog.close();
    }

    /** The usual value is told apart first, for taking a header into tokens costs much more. */
    private static boolean sayClose(Headers headers) {
        if (!headers.contains(HeaderNames.CONNECTION)) {
            return false;
        }
        Header connection = headers.get(HeaderNames.CONNECTION);
        boolean usual =
                connection.valueCount() == 1 && KEEP_ALIVE.equalsIgnoreCase(connection.get());
        return !usual && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /** Tells the connection's clock how far its request has come. */
    private static final class Progress implements Http1ConnectionListener {
        @Override
        public void prologue(ConnectionContext connection, HttpPrologue prologue) {
            if (connection instanceof GuardedContext guarded) {
                guarded.requestLineCame();
            }
        }

        @Override
        public void headers(ConnectionContext connection, Headers headers) {
            if (connection instanceof GuardedContext guarded) {
                guarded.headCame();
                if (sayClose(headers)) {
                    guarded.isLast();
                }
            }
        }
    }

    /** The server says that it will close, and leaves it to the client. */
    private static final class Ending implements Http1ConnectionListener {
        @Override
        public void headers(ConnectionContext connection, Headers headers) {
            if (connection instanceof GuardedContext guarded && sayClose(headers)) {
                guarded.isLast();
            }
        }
    }
}
