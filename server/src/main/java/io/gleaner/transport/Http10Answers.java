package io.gleaner.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Turns the answers of a server of HTTP/1.1 into what a client of HTTP/1.0 reads: a body in chunks
 * becomes one that ends with the connection, and a connection is kept only for who asked for it.
 */
final class Http10Answers {

    private enum Part {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private static final String END_OF_HEAD = "\r\n\r\n";

    private final StringBuilder line = new StringBuilder();
    private Part part = Part.HEAD;
    private boolean keepAlive;
    private boolean endConnection;
    private long chunkLeft;

    /** What comes next answers another request. */
    void begin(boolean keepAlive) {
        this.keepAlive = keepAlive;
        part = Part.HEAD;
        line.setLength(0);
    }

    /** Whether the client was told that this answer is the connection's last. */
    boolean endConnection() {
        return endConnection;
    }

    byte[] translate(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length + 32);
        int at = 0;
        while (at < bytes.length) {
            at = step(bytes, at, out);
        }
        return out.toByteArray();
    }

    /** Takes at least one byte; gives back where the next one is. */
    private int step(byte[] bytes, int at, ByteArrayOutputStream out) {
        return switch (part) {
            case HEAD -> {
                if (lineEnds(bytes[at], END_OF_HEAD)) {
                    out.writeBytes(head(line.toString()).getBytes(ISO_8859_1));
                    line.setLength(0);
                }
                yield at + 1;
            }
            case BODY -> {
                out.write(bytes, at, bytes.length - at);
                yield bytes.length;
            }
            case CHUNK_SIZE -> {
                if (lineEnds(bytes[at], "\r\n")) {
                    chunkLeft = Long.parseLong(line.toString().strip(), 16);
                    part = chunkLeft == 0 ? Part.TRAILER : Part.CHUNK;
                    line.setLength(0);
                }
                yield at + 1;
            }
            case CHUNK -> {
                int own = (int) Math.min(chunkLeft, bytes.length - at);
                out.write(bytes, at, own);
                chunkLeft -= own;
                part = chunkLeft == 0 ? Part.CHUNK_END : Part.CHUNK;
                yield at + own;
            }
            case CHUNK_END -> {
                if (bytes[at] == '\n') {
                    part = Part.CHUNK_SIZE;
                }
                yield at + 1;
            }
            // HTTP/1.0 has no trailers.
            case TRAILER -> bytes.length;
        };
    }

    private boolean lineEnds(byte next, String end) {
        line.append((char) (next & 0xff));
        return next == '\n'
                && line.length() >= end.length()
                && line.indexOf(end, line.length() - end.length()) >= 0;
    }

    private String head(String head) {
        var told = new StringBuilder();
        boolean chunked = false;
        boolean close = !keepAlive;
        for (String field : head.substring(0, head.length() - 2).split("(?<=\r\n)", -1)) {
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.startsWith("transfer-encoding:")) {
                chunked = true;
            } else if (lower.startsWith("connection:")) {
                close |= lower.contains("close");
            } else {
                told.append(field);
            }
        }
        part = chunked ? Part.CHUNK_SIZE : Part.BODY;
        endConnection |= close || chunked;
        told.append(endConnection ? "Connection: close" : "Connection: keep-alive");
        return told.append(END_OF_HEAD).toString();
    }
}
