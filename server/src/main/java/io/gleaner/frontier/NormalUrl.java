package io.gleaner.frontier;

/**
 * A normalised URL and where its parts are.
 *
 * @param text the whole
 * @param host {@code host} or {@code host:port} when not the scheme's default
 * @param pathStart index of the path's first slash
 * @param queryStart index of the {@code ?}, or the length if there is no query
 */
record NormalUrl(String text, String host, int pathStart, int queryStart) {}
