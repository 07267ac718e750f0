package io.gleaner.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a message as it came: its first line and its header lines (RFC 9112, section 2).
 *
 * @param first without its line end
 * @param lines each a name, a colon and a value
 */
record RequestHead(String first, List<String> lines) {

    static final int BYTES_MAX = 256 << 10;

    /** What is between two neighbours only (RFC 9110, 7.6.1), and what we decide ourselves. */
    private static final Set<String> BETWEEN_NEIGHBOURS =
            Set.of(
                    "connection",
                    "proxy-connection",
                    "proxy-authorization",
                    "proxy-authenticate",
                    "keep-alive",
                    "te",
                    "trailer");

    /**
     * Reads one head.
     *
     * @return null when the stream ended before it
     * @throws IOException also when it is none, or too long
     */
    static @Nullable RequestHead read(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        int total = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (++total > BYTES_MAX) {
                throw new IOException("a head of more than " + BYTES_MAX + " bytes");
            }
            if (b != '\n') {
                bytes.write(b);
                continue;
            }
            String line = bytes.toString(ISO_8859_1);
            bytes.reset();
            line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (!line.isEmpty()) {
                lines.add(line);
            } else if (!lines.isEmpty()) {
                return new RequestHead(lines.getFirst(), lines.subList(1, lines.size()));
            }
        }
        if (total > 0) {
            throw new IOException("the head ends early");
        }
        return null;
    }

    /** The value of the first header of this name, or null. */
    @Nullable String header(String name) {
        for (String line : lines) {
            if (name(line).equals(name)) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return null;
    }

    /** To be sent on as the only one of its connection, unless both ends change the protocol. */
    byte[] closing(String firstLine) {
        var head = new StringBuilder(firstLine).append("\r\n");
        for (String line : lines) {
            if (!BETWEEN_NEIGHBOURS.contains(name(line))) {
                head.append(line).append("\r\n");
            }
        }
        return head.append("Connection: close\r\n\r\n").toString().getBytes(ISO_8859_1);
    }

    private static String name(String line) {
        int colon = line.indexOf(':');
        return (colon < 0 ? line : line.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
    }
}
