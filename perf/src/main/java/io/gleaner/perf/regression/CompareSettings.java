package io.gleaner.perf.regression;

import java.time.Duration;

/**
 * @param base what the candidate is held against: a commit, branch or tag
 * @param candidate the same, or empty for the sources as they lie here
 * @param pairs blocks, each of which measures every build
 * @param warmUp of each build and load
 * @param slice time of each load in a block
 * @param crawlPages of the crawl in a block
 * @param seed of the order in a block
 */
public record CompareSettings(
        String base,
        String candidate,
        int pairs,
        Duration warmUp,
        Duration slice,
        int crawlPages,
        long seed) {

    /** The p-value of so many pairs that all differ alike, times seven figures, is under 0.05. */
    static final int PAIRS_MIN = 10;

    public CompareSettings {
        if (pairs < PAIRS_MIN) {
            throw new IllegalArgumentException(
                    "fewer than %d blocks can show nothing at p < 0.05: %d"
                            .formatted(PAIRS_MIN, pairs));
        }
    }
}
