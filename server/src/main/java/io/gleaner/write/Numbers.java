package io.gleaner.write;

/** Numbers as HTML attributes have them: digits first, anything after. */
public final class Numbers {

    private static final int DIGITS_MAX = 9;

    private Numbers() {}

    /** The non-negative integer that the text starts with, or the fallback. */
    public static int leading(String text, int fallback) {
        String s = text.strip();
        int end = 0;
        while (end < s.length()
                && end < DIGITS_MAX
                && s.charAt(end) >= '0'
                && s.charAt(end) <= '9') {
            end++;
        }
        return end == 0 ? fallback : Integer.parseInt(s, 0, end, 10);
    }
}
