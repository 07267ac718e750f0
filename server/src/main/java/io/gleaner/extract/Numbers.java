package io.gleaner.extract;

/** Numbers as HTML attributes have them: digits first, anything after. */
final class Numbers {

    private static final int DIGITS_MAX = 9;

    private Numbers() {}

    /** The non-negative integer that the text starts with, or the fallback. */
    static int leading(String text, int fallback) {
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
