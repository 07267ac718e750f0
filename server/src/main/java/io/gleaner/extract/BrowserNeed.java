package io.gleaner.extract;

/**
 * Whether a page is only there once a browser has run its scripts.
 *
 * @param why one clause for people
 */
public record BrowserNeed(boolean needed, String why) {}
