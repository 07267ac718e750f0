package io.gleaner.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the first bytes of a connection say it speaks. */
enum Opening {
    /** Too little came to tell. */
    UNDECIDED,
    /** HTTP/1.1, or something that its own reader can best say what is wrong with. */
    HTTP_1_1,
    HTTP_1_0,
    /** Another version of HTTP. */
    OTHER_VERSION,
    /** The greeting of a client that wants TLS. */
    TLS,
    /** No text at all. */
    NOT_HTTP;

    /** A line that is longer is left to the server's own limit. */
    private static final int LINE_MAX = 8_192;

    private static final int TLS_HANDSHAKE = 0x16;
    private static final Pattern VERSION = Pattern.compile(".* HTTP/(\\d+(?:\\.\\d+)?)");

    static Opening of(byte[] bytes) {
        if (bytes.length == 0) {
            return UNDECIDED;
        }
        if (bytes[0] == TLS_HANDSHAKE) {
            return TLS;
        }
        if (bytes[0] != '\r' && (bytes[0] <= ' ' || bytes[0] == 0x7f)) {
            return NOT_HTTP;
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            return bytes.length > LINE_MAX ? HTTP_1_1 : UNDECIDED;
        }
        if (end == 0 || bytes[end - 1] != '\r') {
            return HTTP_1_1;
        }
        return ofLine(new String(bytes, 0, end - 1, ISO_8859_1));
    }

    private static Opening ofLine(String line) {
        Matcher version = VERSION.matcher(line);
        if (!version.matches()) {
            return HTTP_1_1;
        }
        return switch (version.group(1)) {
            case "1.1" -> HTTP_1_1;
            case "1.0" -> HTTP_1_0;
            default -> OTHER_VERSION;
        };
    }
}
