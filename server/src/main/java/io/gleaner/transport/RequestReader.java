package io.gleaner.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server's reader of requests, with limits and checks where it has none of its own. */
@SuppressWarnings("removal") // There is no other way to extend it.
final class RequestReader extends DataReader {

    /** A chunk is held in memory as a whole, before any budget counts it. */
    static final int CHUNK_MAX = 8 << 20;

    /** Of a line within a body: a chunk's size and its extensions. */
    static final int LINE_MAX = 4_096;

    /** Which bytes a token may have (RFC 9110, 5.6.2). */
    private static final BitSet TOKEN = new BitSet();

    static {
        TOKEN.set('0', '9' + 1);
        TOKEN.set('A', 'Z' + 1);
        TOKEN.set('a', 'z' + 1);
        "!#$%&'*+-.^_`|~".chars().forEach(TOKEN::set);
    }

    private final BooleanSupplier atRequestLine;

    RequestReader(Supplier<byte @Nullable []> source, BooleanSupplier atRequestLine) {
        super(source);
        this.atRequestLine = atRequestLine;
    }

    /** The server takes a method that is none for a bug of its own. */
    @Override
    public byte[] readBytes(int length) {
        byte[] line = super.readBytes(length);
        if (atRequestLine.getAsBoolean()) {
            checkMethod(line);
        }
        return line;
    }

    private static void checkMethod(byte[] line) {
        int end = 0;
        while (end < line.length && TOKEN.get(line[end] & 0xff)) {
            end++;
        }
        if (end == 0 || (end < line.length && line[end] != ' ')) {
            throw Refusals.badRequest("the request's method is none");
        }
    }

    @Override
    public String readLine() {
        int length = findNewLine(LINE_MAX);
        if (length == LINE_MAX) {
            throw Refusals.badRequest("a chunk's size is longer than %d bytes".formatted(LINE_MAX));
        }
        String line = readAsciiString(length);
        skip(2);
        return line;
    }

    @Override
    public BufferData readBuffer(int length) {
        if (length > CHUNK_MAX) {
            throw Refusals.chunkTooLong(CHUNK_MAX);
        }
        return super.readBuffer(length);
    }
}
