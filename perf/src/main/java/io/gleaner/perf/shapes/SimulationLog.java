package io.gleaner.perf.shapes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import io.gleaner.perf.process.BenchException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Gatling's {@code simulation.log} while it grows: every single answer, with which any
 * percentile of any window can be told. The format is that of Gatling 3.15 ({@code
 * LogFileDataWriter}); the log of another version is refused.
 */
final class SimulationLog implements AutoCloseable {

    private static final String VERSION = "3.15.";
    private static final int CHUNK = 64 * 1024;
    private static final byte RUN = 0;
    private static final byte REQUEST = 1;
    private static final byte USER = 2;
    private static final byte GROUP = 3;
    private static final byte ERROR = 4;

    private final FileChannel file;
    private final Map<Integer, String> strings = new HashMap<>();
    private ByteBuffer unread = ByteBuffer.allocate(CHUNK).flip();

    private SimulationLog(FileChannel file) {
        this.file = file;
    }

    static SimulationLog open(Path path) throws IOException {
        return new SimulationLog(FileChannel.open(path, StandardOpenOption.READ));
    }

    /** The answers that were written since the last call. */
    List<Response> read() throws IOException {
        fill();
        var responses = new ArrayList<Response>();
        while (unread.hasRemaining()) {
            unread.mark();
            var known = new HashMap<>(strings);
            try {
                record(responses);
            } catch (BufferUnderflowException half) {
                // The rest of this record is not written yet.
                strings.clear();
                strings.putAll(known);
                unread.reset();
                break;
            }
        }
        return responses;
    }

    private void fill() throws IOException {
        var more = ByteBuffer.allocate(unread.remaining() + Math.toIntExact(left()));
        more.put(unread);
        while (more.hasRemaining() && file.read(more) >= 0) {
            // A read may be a short one.
        }
        unread = more.flip();
    }

    private long left() throws IOException {
        return file.size() - file.position();
    }

    private void record(List<Response> responses) {
        byte kind = unread.get();
        switch (kind) {
            case RUN -> run();
            case REQUEST -> responses.add(response());
            case USER -> skip(Integer.BYTES + 1 + Integer.BYTES);
            case GROUP -> {
                groups();
                skip(Integer.BYTES * 3 + 1);
            }
            case ERROR -> {
                cachedString();
                skip(Integer.BYTES);
            }
            default -> throw new BenchException("Gatling's log has a record of kind " + kind);
        }
    }

    private void run() {
        String version = string();
        if (!version.startsWith(VERSION)) {
            throw new BenchException(
                    "Gatling's log is of version %s instead of %s".formatted(version, VERSION));
        }
        string();
        skip(Long.BYTES);
        string();
        for (int scenarios = unread.getInt(); scenarios > 0; scenarios--) {
            string();
        }
        for (int assertions = unread.getInt(); assertions > 0; assertions--) {
            skip(unread.getInt());
        }
    }

    private Response response() {
        groups();
        String name = cachedString();
        int start = unread.getInt();
        int end = unread.getInt();
        boolean ok = unread.get() != 0;
        return new Response(name, start, end, ok, cachedString());
    }

    private void groups() {
        for (int groups = unread.getInt(); groups > 0; groups--) {
            cachedString();
        }
    }

    /** A string is written out once and then meant by its negative number. */
    private String cachedString() {
        int number = unread.getInt();
        if (number < 0) {
            return strings.getOrDefault(-number, "");
        }
        String text = string();
        strings.put(number, text);
        return text;
    }

    /** As the JVM keeps strings: bytes, then whether they are Latin-1 (0) or UTF-16. */
    private String string() {
        int length = unread.getInt();
        if (length == 0) {
            return "";
        }
        if (unread.remaining() < length + 1) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        unread.get(bytes);
        return new String(bytes, unread.get() == 0 ? ISO_8859_1 : UTF_16LE);
    }

    private void skip(int bytes) {
        if (unread.remaining() < bytes) {
            throw new BufferUnderflowException();
        }
        unread.position(unread.position() + bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
