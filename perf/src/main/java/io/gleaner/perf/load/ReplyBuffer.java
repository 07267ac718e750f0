package io.gleaner.perf.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a connection has received and that are no whole answer yet. Knows just enough of
 * HTTP/1.1 (RFC 9112) for a well-behaved server: lengths, chunks, and bodies that end with the
 * connection.
 */
final class ReplyBuffer {

    private static final int BYTES_FIRST = 4 * 1024;
    private static final int BYTES_MAX = 64 * 1024 * 1024;
    private static final byte[] NO_BYTES = {};

    private byte[] bytes = new byte[BYTES_FIRST];
    private int end;

    void append(ByteBuffer received) throws IOException {
        int needed = end + received.remaining();
        if (needed > BYTES_MAX) {
            throw new IOException("an answer is longer than %d bytes".formatted(BYTES_MAX));
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        received.get(bytes, end, received.remaining());
        end = needed;
    }

    boolean isEmpty() {
        return end == 0;
    }

    /**
     * Takes the next answer out of the buffer.
     *
     * @param closed whether the server has closed, so that nothing more will come
     * @return null when the answer is not whole yet
     */
    @Nullable HttpReply next(boolean closed) throws IOException {
        int headEnd = endOfLines(0);
        if (headEnd < 0) {
            return null;
        }
        var head = ReplyHead.of(bytes, headEnd);
        if (head.status() < 200) {
            remove(headEnd);
            return next(closed);
        }
        return switch (head.framing()) {
            case ReplyHead.Framing.None none -> take(head, headEnd, headEnd, NO_BYTES);
            case ReplyHead.Framing.Length(int length) ->
                    end - headEnd < length
                            ? null
                            : take(
                                    head,
                                    headEnd,
                                    headEnd + length,
                                    Arrays.copyOfRange(bytes, headEnd, headEnd + length));
            case ReplyHead.Framing.Chunks chunks -> takeChunks(head, headEnd);
            case ReplyHead.Framing.UntilClose untilClose ->
                    closed
                            ? take(head, headEnd, end, Arrays.copyOfRange(bytes, headEnd, end))
                            : null;
        };
    }

    private @Nullable HttpReply takeChunks(ReplyHead head, int headEnd) throws IOException {
        byte[] body = new byte[end - headEnd];
        int length = 0;
        int at = headEnd;
        while (true) {
            int dataStart = endOfLine(at);
            if (dataStart < 0) {
                return null;
            }
            int size = chunkSize(at);
            if (size == 0) {
                int whole = endOfLines(dataStart - 2);
                return whole < 0 ? null : take(head, headEnd, whole, Arrays.copyOf(body, length));
            }
            if (end - dataStart < size + 2) {
                return null;
            }
            System.arraycopy(bytes, dataStart, body, length, size);
            length += size;
            at = dataStart + size + 2;
        }
    }

    private int chunkSize(int at) throws IOException {
        int size = 0;
        int digits = 0;
        while (digits < 7 && Character.digit(bytes[at + digits], 16) >= 0) {
            size = size * 16 + Character.digit(bytes[at + digits], 16);
            digits++;
        }
        if (digits == 0) {
            throw new IOException("a chunk has no size");
        }
        return size;
    }

    private HttpReply take(ReplyHead head, int headEnd, int replyEnd, byte[] body) {
        var reply =
                new HttpReply(head.status(), Arrays.copyOf(bytes, headEnd), body, head.keepAlive());
        remove(replyEnd);
        return reply;
    }

    private void remove(int count) {
        System.arraycopy(bytes, count, bytes, 0, end - count);
        end -= count;
    }

    /** Where the line that begins at {@code from} has ended, or -1. */
    private int endOfLine(int from) {
        for (int i = from; i + 1 < end; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i + 2;
            }
        }
        return -1;
    }

    /**
     * Where the empty line has ended that ends a head or the trailers after {@code from}, or -1.
     */
    private int endOfLines(int from) {
        for (int i = from; i + 3 < end; i++) {
            if (bytes[i] == '\r'
                    && bytes[i + 1] == '\n'
                    && bytes[i + 2] == '\r'
                    && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }
}
