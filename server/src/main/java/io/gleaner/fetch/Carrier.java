package io.gleaner.fetch;

import java.io.IOException;
import java.net.Socket;
import okhttp3.internal.connection.RealConnection;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 connection while it carries one request, and the bytes on it that nobody read. */
final class Carrier {

    private static final int PEEK_MILLIS = 1;

    private final RealConnection connection;
    private final BufferedSource buffer;
    private final GuardedSockets.@Nullable GuardedSocket below;
    private final Runnable talks;
    private final boolean kept;
    private boolean closing;
    private boolean whole;

    /**
     * @param below the socket that goes to the host; null when it is closed
     * @param talks to be told when the host sends more than it said
     */
    Carrier(
            RealConnection connection,
            BufferedSource buffer,
            GuardedSockets.@Nullable GuardedSocket below,
            Runnable talks) {
        this.connection = connection;
        this.buffer = buffer;
        this.below = below;
        this.talks = talks;
        this.kept = below == null || below.isUsedAgain();
    }

    /** Whether it has carried a request before. */
    boolean isKept() {
        return kept;
    }

    /** Whether nothing waits to be read. What TLS has not decrypted yet counts, whatever it is. */
    boolean isQuiet() {
        try {
            if (hasSurplus()) {
                talks.run();
                return false;
            }
            return below == connection.socket() || (below != null && below.available() == 0);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * To be called when the headers are read, and with them whether it carries another request.
     *
     * @param readWhole whether all of the answer is going to be read
     */
    void answered(boolean readWhole) {
        closing = connection.getNoNewExchanges();
        whole = readWhole;
    }

    /**
     * To be called when no more of an answer is read, while the connection is still its own.
     * Nothing more may be sent on a connection with more on it.
     *
     * @return whether the answer may be believed: on a kept connection it may be one that came too
     *     late for the request before, and its own the one behind it
     */
    boolean endOfAnswer() {
        if (isUnfinished() || isQuiet()) {
            return true;
        }
        connection.noNewExchanges();
        if (!kept || !hasSurplusWithin()) {
            return true;
        }
        talks.run();
        return false;
    }

    // OkHttp gives up a connection of which it has not read all. Where the host wants it closed
    // anyway, that says nothing.
    private boolean isUnfinished() {
        return connection.getNoNewExchanges() && !(closing && whole);
    }

    // A call to the system each time, so the plain socket is asked once.
    private boolean hasSurplus() throws IOException {
        return buffer.getBuffer().size() > 0
                || connection.socket().getInputStream().available() > 0;
    }

    /** The same, when what waits may be TLS's own: the end of the session or a new ticket. */
    private boolean hasSurplusWithin() {
        try {
            Socket socket = connection.socket();
            socket.setSoTimeout(PEEK_MILLIS);
            return hasSurplus() || buffer.request(1);
        } catch (IOException e) {
            return false;
        }
    }
}
