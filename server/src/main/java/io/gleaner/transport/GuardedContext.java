package io.gleaner.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One connection as the server's HTTP/1.1 sees it: its bytes come and go by way of the clock. */
final class GuardedContext implements ConnectionContext, Watchdog.Watched {

    /** At most so much is written at once, so that an answer's pace shows. */
    private static final int PIECE = 16 << 10;

    private final ConnectionContext real;
    private final HelidonSocket socket;
    private final ConnectionClock clock;
    private final Http10Answers answers = new Http10Answers();
    private final DataReader reader = new RequestReader(this::read, this::atRequestLine);
    private final DataWriter writer = new Writer();

    private BooleanSupplier betweenRequests = () -> true;
    private Opening opening = Opening.UNDECIDED;
    private @Nullable Http10Requests http10;
    private @Nullable RequestException refusal;
    private Runnable serveNoMore = () -> {};
    private volatile long deadline = Watchdog.NEVER;

    GuardedContext(ConnectionContext real, ConnectionLimits limits) {
        this.real = real;
        this.socket = real.serverSocket();
        this.clock = new ConnectionClock(limits, System.nanoTime());
    }

    /**
     * @param betweenRequests whether the server waits for another request
     * @param serveNoMore has the server end the connection after the request that it is at
     */
    void serve(BooleanSupplier betweenRequests, Runnable serveNoMore) {
        this.betweenRequests = betweenRequests;
        this.serveNoMore = serveNoMore;
    }

    /** Answers so, instead of reading anything. */
    void refuse(RequestException why) {
        refusal = why;
    }

    private boolean atRequestLine() {
        return betweenRequests.getAsBoolean();
    }

    void requestLineCame() {
        clock.lineCame(System.nanoTime());
    }

    void headCame() {
        clock.headCame();
    }

    /** The request or its answer says that the connection ends after it (RFC 9112, 9.6). */
    void isLast() {
        // A request line that is refused ends the connection anyway; there the server would be
        // interrupted amid its answer.
        if (!atRequestLine()) {
            serveNoMore.run();
        }
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public void end() {
        socket.close();
    }

    private byte @Nullable [] read() {
        if (refusal != null) {
            throw refusal;
        }
        byte[] begin = null;
        if (opening == Opening.UNDECIDED) {
            begin = open();
            if (begin == null) {
                return null;
            }
        }
        if (http10 != null) {
            return http10.next(this::receive);
        }
        return begin == null ? receive() : begin;
    }

    /** Reads until it is plain what the client speaks. */
    private byte @Nullable [] open() {
        byte[] begin = {};
        while (opening == Opening.UNDECIDED) {
            byte[] more = receive();
            if (more == null) {
                return null;
            }
            int length = begin.length;
            begin = Arrays.copyOf(begin, length + more.length);
            System.arraycopy(more, 0, begin, length, more.length);
            opening = Opening.of(begin);
        }
        switch (opening) {
            case UNDECIDED, HTTP_1_1 -> {}
            case HTTP_1_0 -> http10 = new Http10Requests(answers, localAddress(), begin);
            case OTHER_VERSION -> throw Refusals.version();
            case TLS -> throw Refusals.tls();
            case NOT_HTTP -> throw Refusals.notHttp();
        }
        return begin;
    }

    private byte @Nullable [] receive() {
        deadline = clock.beforeRead(System.nanoTime(), atRequestLine());
        byte @Nullable [] bytes;
        try {
            bytes = socket.get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the connection broke, or was overdue", e);
        } finally {
            deadline = Watchdog.NEVER;
        }
        if (bytes != null) {
            clock.afterRead(System.nanoTime(), bytes.length);
        } else if (!atRequestLine()) {
            throw new CloseConnectionException("the client's request broke off");
        }
        return bytes;
    }

    private void send(BufferData bytes) {
        if (bytes.available() <= PIECE) {
            sendPiece(bytes);
            return;
        }
        while (bytes.available() > 0) {
            byte[] piece = new byte[Math.min(PIECE, bytes.available())];
            bytes.read(piece);
            sendPiece(BufferData.create(piece));
        }
    }

    private void sendPiece(BufferData piece) {
        int length = piece.available();
        deadline = clock.beforeWrite(System.nanoTime(), length);
        try {
            real.dataWriter().writeNow(piece);
        } finally {
            deadline = Watchdog.NEVER;
        }
        clock.afterWrite(System.nanoTime(), length);
    }

    private String localAddress() {
        String host = localPeer().host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + localPeer().port();
    }

    /** What the server writes, as the client's version of HTTP wants it. */
    private final class Writer implements DataWriter {
        @Override
        public void write(BufferData... buffers) {
            write(BufferData.create(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            if (http10 == null) {
                send(buffer);
                return;
            }
            byte[] bytes = new byte[buffer.available()];
            buffer.read(bytes);
            byte[] told = answers.translate(bytes);
            if (told.length > 0) {
                send(BufferData.create(told));
            }
        }

        @Override
        public void writeNow(BufferData... buffers) {
            write(buffers);
        }

        @Override
        public void writeNow(BufferData buffer) {
            write(buffer);
        }
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public ListenerContext listenerContext() {
        return real.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return real.executor();
    }

    @Override
    public Router router() {
        return real.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return real.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return socket;
    }

    @Override
    public PeerInfo remotePeer() {
        return real.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return real.localPeer();
    }

    @Override
    public boolean isSecure() {
        return real.isSecure();
    }

    @Override
    public String socketId() {
        return real.socketId();
    }

    @Override
    public String childSocketId() {
        return real.childSocketId();
    }
}
