package io.gleaner.perf.availability;

/**
 * How {@code bench upgrade} runs.
 *
 * @param from commit of the old version; empty for this version as the old one, with a planted
 *     migration as the new
 */
public record UpgradeSettings(String from, ClusterSettings cluster) {}
