package io.gleaner.perf.chaos;

import java.time.Duration;

/**
 * How {@code bench chaos} runs.
 *
 * @param kills events
 * @param urls of the large job
 * @param seed of the order of events, their times and their victims
 * @param submissionsPerSecond small jobs beside the large one
 * @param pause between two events on average
 * @param longest limit of the time after the last event
 */
public record ChaosSettings(
        int kills,
        int urls,
        long seed,
        double submissionsPerSecond,
        Duration pause,
        Duration longest) {

    static final double RESCUE_SECONDS_MAX = 3;

    public ChaosSettings {
        if (kills < 1 || urls < 100 || urls > 100_000) {
            throw new IllegalArgumentException(
                    "kills must be at least 1 and urls 100 to 100,000: %d, %d"
                            .formatted(kills, urls));
        }
    }
}
