package io.gleaner.politeness;

import java.time.Duration;

/** Configurations that tests vary in one point. */
final class Configs {

    static final Duration BACKOFF_MIN = Duration.ofSeconds(1);
    static final Duration BACKOFF_MAX = Duration.ofMinutes(5);

    static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(10);

    private Configs() {}

    static PolitenessConfig slots(int hostSlots) {
        return of(Duration.ZERO, hostSlots, PolitenessConfig.ROBOTS_BYTES_STANDARD);
    }

    static PolitenessConfig delay(Duration crawlDelayMin) {
        return of(crawlDelayMin, 8, PolitenessConfig.ROBOTS_BYTES_STANDARD);
    }

    static PolitenessConfig robotsMaxBytes(int robotsMaxBytes) {
        return of(Duration.ZERO, 8, robotsMaxBytes);
    }

    private static PolitenessConfig of(Duration crawlDelayMin, int hostSlots, int robotsMaxBytes) {
        return new PolitenessConfig(
                "Gleaner",
                crawlDelayMin,
                Duration.ofSeconds(30),
                hostSlots,
                Duration.ofHours(24),
                Duration.ofMinutes(1),
                robotsMaxBytes,
                1_000_000,
                BACKOFF_MIN,
                BACKOFF_MAX,
                RETRY_AFTER_MAX,
                Duration.ofMinutes(10),
                100);
    }
}
