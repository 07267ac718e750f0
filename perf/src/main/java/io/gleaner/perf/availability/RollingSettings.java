package io.gleaner.perf.availability;

/**
 * How {@code bench rolling} runs.
 *
 * @param restarts of all processes, one after the other
 */
public record RollingSettings(int restarts, ClusterSettings cluster) {}
