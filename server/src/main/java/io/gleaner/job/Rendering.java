package io.gleaner.job;

/**
 * Whether a page was rendered, for a job that renders.
 *
 * @param why one clause for people
 */
public record Rendering(boolean rendered, String why) {}
