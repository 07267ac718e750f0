package io.gleaner.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.Constants;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Decides the charset of a body, after WHATWG HTML 13.2.3: byte-order mark, then header, then the
 * document's own word, then its bytes.
 */
final class CharsetSniffer {

    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final int PRESCAN_BYTES = 4096;
    private static final int DETECTOR_BYTES = 256 << 10;

    private CharsetSniffer() {}

    /**
     * The charset to decode the body with.
     *
     * @param type as the header says; a charset that nobody knows is ignored
     */
    static Charset charset(byte[] body, ContentType type) {
        Charset marked = marked(body);
        if (marked != null) {
            return marked;
        }
        String label = type.charset();
        Optional<Charset> said = label == null ? Optional.empty() : CharsetLabels.find(label);
        if (said.isPresent()) {
            return said.get();
        }
        Charset unmarked = unmarkedUtf16(body);
        if (unmarked != null) {
            return unmarked;
        }
        boolean markup = type.mediaType().contains("html") || type.mediaType().contains("xml");
        if (markup || type.mediaType().isEmpty()) {
            int length = Math.min(body.length, PRESCAN_BYTES);
            Optional<Charset> declared = MetaCharset.find(new String(body, 0, length, ISO_8859_1));
            if (declared.isPresent()) {
                return declared.get();
            }
        }
        return detect(body);
    }

    /** Whether a charset label stands for one whose text is full of zero bytes. */
    static boolean isWide(String label) {
        return CharsetLabels.find(label)
                .map(charset -> charset.name().startsWith("UTF-16"))
                .orElse(false);
    }

    /** Length of the byte-order mark; 0 for none. */
    static int markBytes(byte[] body) {
        Charset charset = marked(body);
        if (charset == null) {
            return 0;
        }
        return charset.equals(UTF_8) ? 3 : charset.name().startsWith("UTF-32") ? 4 : 2;
    }

    /** UTF-16 that shows itself by starting with a tag, though it has no mark. */
    static @Nullable Charset unmarkedUtf16(byte[] body) {
        if (startsWith(body, '<', 0) && body.length >= 4 && body[2] != 0 && body[3] == 0) {
            return UTF_16LE;
        }
        boolean big = startsWith(body, 0, '<') && body.length >= 4 && body[2] == 0 && body[3] != 0;
        return big ? UTF_16BE : null;
    }

    private static @Nullable Charset marked(byte[] body) {
        if (startsWith(body, 0xef, 0xbb, 0xbf)) {
            return UTF_8;
        }
        // Before UTF-16, whose mark its own begins with.
        if (startsWith(body, 0xff, 0xfe, 0, 0)) {
            return UTF_32LE;
        }
        if (startsWith(body, 0, 0, 0xfe, 0xff)) {
            return UTF_32BE;
        }
        if (startsWith(body, 0xfe, 0xff)) {
            return UTF_16BE;
        }
        return startsWith(body, 0xff, 0xfe) ? UTF_16LE : null;
    }

    // Bytes beyond ASCII that form valid UTF-8 are UTF-8; no statistics can be as sure. Pure ASCII
    // may still be ISO-2022-JP, which the detector knows by its escapes.
    private static Charset detect(byte[] body) {
        int foreign = firstForeign(body);
        boolean utf8 = isUtf8(body);
        if (utf8 && foreign < body.length && body[foreign] < 0) {
            return UTF_8;
        }
        var detector = new UniversalDetector();
        int from = Math.max(0, foreign - 64);
        detector.handleData(body, from, Math.min(body.length - from, DETECTOR_BYTES));
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        // The detector takes Russian with many a "я" for the Macintosh's, which the web never saw.
        String label = Constants.CHARSET_MACCYRILLIC.equals(name) ? "windows-1251" : name;
        return (label == null ? Optional.<Charset>empty() : CharsetLabels.find(label))
                .filter(charset -> !utf8 || charset.name().startsWith("ISO-2022"))
                .orElse(utf8 ? UTF_8 : WINDOWS_1252);
    }

    private static int firstForeign(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            if (body[i] < 0 || body[i] == 0x1b) {
                return i;
            }
        }
        return body.length;
    }

    /** Whether bytes are the start of a text in UTF-8, with nothing in it that no text has. */
    static boolean looksUtf8(byte[] head) {
        for (byte b : head) {
            boolean control = b >= 0 && b < ' ';
            if (control && b != '\t' && b != '\n' && b != '\f' && b != '\r') {
                return false;
            }
        }
        return isUtf8(head, false);
    }

    private static boolean isUtf8(byte[] body) {
        return isUtf8(body, true);
    }

    private static boolean isUtf8(byte[] body, boolean whole) {
        CharsetDecoder decoder =
                UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(2048);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, whole);
        } while (result.isOverflow());
        return !result.isError();
    }

    static boolean startsWith(byte[] body, int... start) {
        if (body.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((body[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
