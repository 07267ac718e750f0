package io.gleaner.frontier;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Percent-encoding in one form (RFC 3986 sections 2.1 and 6.2.2). */
final class Percent {

    /** What may stand unencoded in a path: pchar and the slash. */
    static final boolean[] PATH = plain("!$&'()*+,;=:@/");

    /** What may stand unencoded in a query; brackets as browsers and {@link java.net.URI} do. */
    static final boolean[] QUERY = plain("!$&'()*+,;=:@/?[]");

    private static final boolean[] UNRESERVED = plain("");
    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    /** The part of {@code text} in its one form; without a copy if it already has it. */
    static CharSequence normalise(String text, int from, int to, boolean[] allowed) {
        for (int i = from; i < to; i++) {
            if (!isIn(allowed, text.charAt(i))) {
                return rewrite(text, from, i, to, allowed);
            }
        }
        return text.subSequence(from, to);
    }

    private static CharSequence rewrite(
            String text, int from, int firstOdd, int to, boolean[] allowed) {
        var out = new StringBuilder(to - from + 16).append(text, from, firstOdd);
        int i = firstOdd;
        while (i < to) {
            char c = text.charAt(i);
            if (isIn(allowed, c)) {
                out.append(c);
                i++;
            } else if (c == '%') {
                i += triplet(text, i, to, out);
            } else if (c < 0x80) {
                encode(c, out);
                i++;
            } else {
                int codePoint = text.codePointAt(i);
                int end = Math.min(to, i + Character.charCount(codePoint));
                // A lone surrogate becomes '?' in the JDK; browsers say U+FFFD.
                var bytes =
                        Character.isSurrogate(c) && !Character.isSupplementaryCodePoint(codePoint)
                                ? "\uFFFD".getBytes(StandardCharsets.UTF_8)
                                : text.substring(i, end).getBytes(StandardCharsets.UTF_8);
                for (byte b : bytes) {
                    encode(b & 0xFF, out);
                }
                i = end;
            }
        }
        return out;
    }

    /** Appends what stands at a percent sign and returns how many characters that took. */
    private static int triplet(String text, int at, int to, StringBuilder out) {
        int high = at + 1 < to ? hexDigit(text.charAt(at + 1)) : -1;
        int low = at + 2 < to ? hexDigit(text.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            encode('%', out);
            return 1;
        }
        int value = 16 * high + low;
        if (isIn(UNRESERVED, value)) {
            out.append((char) value);
        } else {
            encode(value, out);
        }
        return 3;
    }

    private static void encode(int value, StringBuilder out) {
        out.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static boolean isIn(boolean[] set, int c) {
        return c < set.length && set[c];
    }

    private static boolean[] plain(String others) {
        var set = new boolean[128];
        Arrays.fill(set, 'a', 'z' + 1, true);
        Arrays.fill(set, 'A', 'Z' + 1, true);
        Arrays.fill(set, '0', '9' + 1, true);
        ("-._~" + others).chars().forEach(c -> set[c] = true);
        return set;
    }
}
