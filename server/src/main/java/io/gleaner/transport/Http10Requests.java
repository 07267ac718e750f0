package io.gleaner.transport;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what a client of HTTP/1.0 sends into what a server of HTTP/1.1 reads. */
final class Http10Requests {

    /** As much as the server takes of a request line and of fields. */
    static final int HEAD_MAX = 20 << 10;

    private static final byte[] NOTHING = {};

    private final Http10Answers answers;
    private final String host;
    private byte[] pending;
    private long bodyLeft;
    private boolean last;

    /**
     * @param host of a request that names none
     * @param begin what was read of the connection already
     */
    Http10Requests(Http10Answers answers, String host, byte[] begin) {
        this.answers = answers;
        this.host = host;
        this.pending = begin;
    }

    /**
     * @param more what the client sends next, or null at its end
     * @return what the server is to read next, or null when it is to read no more
     */
    byte @Nullable [] next(Supplier<byte @Nullable []> more) {
        if (bodyLeft > 0) {
            return body(more);
        }
        // What follows the last request is none, whatever it looks like.
        return last || answers.endConnection() ? null : head(more);
    }

    private byte @Nullable [] head(Supplier<byte @Nullable []> more) {
        int searched = 0;
        int end = endOfHead(searched);
        while (end < 0) {
            if (pending.length > HEAD_MAX) {
                throw Refusals.headTooLong(HEAD_MAX);
            }
            byte[] came = more.get();
            if (came == null) {
                return null;
            }
            searched = Math.max(0, pending.length - 3);
            int length = pending.length;
            pending = Arrays.copyOf(pending, length + came.length);
            System.arraycopy(came, 0, pending, length, came.length);
            end = endOfHead(searched);
        }
        var head = Http10Head.read(Arrays.copyOf(pending, end));
        pending = Arrays.copyOfRange(pending, end + 4, pending.length);
        bodyLeft = head.bodyLength();
        last = !head.keepAlive();
        answers.begin(head.keepAlive());
        return head.asHttp11(host);
    }

    private byte @Nullable [] body(Supplier<byte @Nullable []> more) {
        byte[] came = pending;
        if (came.length == 0) {
            came = more.get();
            if (came == null) {
                return null;
            }
        }
        int own = (int) Math.min(came.length, bodyLeft);
        pending = own == came.length ? NOTHING : Arrays.copyOfRange(came, own, came.length);
        bodyLeft -= own;
        return own == came.length ? came : Arrays.copyOf(came, own);
    }

    private int endOfHead(int from) {
        for (int i = from; i + 3 < pending.length; i++) {
            if (pending[i] == '\r'
                    && pending[i + 1] == '\n'
                    && pending[i + 2] == '\r'
                    && pending[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
