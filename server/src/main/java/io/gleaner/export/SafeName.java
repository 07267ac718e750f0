package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes one file or folder name out of one part of a URL: readable, valid on Linux, macOS and
 * Windows, never hidden, never {@code ..}, at most {@link #BYTES_MAX} bytes.
 *
 * <p>Different parts may come to the same name; {@link SiteTree} tells them apart.
 */
public final class SafeName {

    static final int BYTES_MAX = 120;

    private static final int HASH_DIGITS = 12;
    private static final String ALLOWED = "-_.~+=,@()!";

    /** Names of devices on Windows, with any extension. */
    private static final Set<String> DEVICES =
            Stream.concat(
                            Stream.of("con", "prn", "aux", "nul"),
                            IntStream.rangeClosed(0, 9)
                                    .boxed()
                                    .flatMap(i -> Stream.of("com" + i, "lpt" + i)))
                    .collect(Collectors.toUnmodifiableSet());

    private final CharsetEncoder fileNames;

    /**
     * @param fileNames how this system encodes file names
     */
    public SafeName(Charset fileNames) {
        this.fileNames = fileNames.newEncoder();
    }

    /** How Java encodes file names here: UTF-8 unless the locale is an odd one. */
    public static SafeName ofThisSystem() {
        String name = System.getProperty("sun.jnu.encoding", "UTF-8");
        return new SafeName(Charset.isSupported(name) ? Charset.forName(name) : UTF_8);
    }

    /** The name for a percent-encoded part of a URL. */
    String of(String part) {
        String text = Normalizer.normalize(decoded(part), Normalizer.Form.NFC);
        var name = new StringBuilder(text.length());
        text.codePoints().forEach(point -> name.appendCodePoint(allowed(point) ? point : '_'));
        return shortened(unreserved(name.toString()));
    }

    private boolean allowed(int point) {
        if (point < 128) {
            return Character.isLetterOrDigit(point) || ALLOWED.indexOf(point) >= 0;
        }
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER ->
                    fileNames.canEncode(Character.toString(point));
            default -> false;
        };
    }

    // A leading dot hides a file or climbs out of a folder; Windows drops a trailing one.
    private static String unreserved(String name) {
        String safe = name.isEmpty() ? "_" : name;
        if (safe.startsWith(".")) {
            safe = "_" + safe.substring(1);
        }
        if (safe.endsWith(".")) {
            safe = safe.substring(0, safe.length() - 1) + "_";
        }
        int dot = safe.indexOf('.');
        String base = dot < 0 ? safe : safe.substring(0, dot);
        return DEVICES.contains(base.toLowerCase(Locale.ROOT)) ? "_" + safe : safe;
    }

    private static String shortened(String name) {
        if (name.getBytes(UTF_8).length <= BYTES_MAX) {
            return name;
        }
        int room = BYTES_MAX - HASH_DIGITS - 1;
        int end = 0;
        for (int used = 0; end < name.length(); ) {
            int point = name.codePointAt(end);
            used += Character.toString(point).getBytes(UTF_8).length;
            if (used > room) {
                break;
            }
            end += Character.charCount(point);
        }
        return name.substring(0, end) + "~" + Hash.hex(name, HASH_DIGITS);
    }

    // A percent sign that starts no escape, and bytes that are not UTF-8, become replacement
    // characters and so underscores.
    private static String decoded(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        var bytes = new ByteArrayOutputStream(part.length());
        byte[] encoded = part.getBytes(UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            int high = hexDigit(encoded, i + 1);
            int low = hexDigit(encoded, i + 2);
            if (encoded[i] == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(encoded[i]);
            }
        }
        return bytes.toString(UTF_8);
    }

    private static int hexDigit(byte[] bytes, int at) {
        return at < bytes.length ? Character.digit(bytes[at], 16) : -1;
    }
}
