package io.gleaner.extract;

/**
 * Whether a page is only there once a browser has run its scripts.
 *
 * @param why one clause for people
 * @param chars of text outside of navigation
 */
public record BrowserNeed(boolean needed, String why, int chars) {

    private static final int MORE_TIMES = 2;
    private static final int MORE_CHARS = 400;

    /** Of the same page: twice as much, and more than a banner. */
    public boolean saysMuchMoreThan(BrowserNeed other) {
        return chars >= MORE_TIMES * other.chars && chars >= other.chars + MORE_CHARS;
    }
}
