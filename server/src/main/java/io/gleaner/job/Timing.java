package io.gleaner.job;

import java.time.Duration;
import java.time.ZoneId;

/** When something is done again and again. */
public sealed interface Timing {

    /** At an even distance from the first time. */
    record Every(Duration period) implements Timing {
        public static final Duration MIN = Duration.ofSeconds(10);
        public static final Duration MAX = Duration.ofDays(366);

        public Every {
            if (period.compareTo(MIN) < 0 || period.compareTo(MAX) > 0) {
                throw new IllegalArgumentException(
                        "every must be %s to %s: %s"
                                .formatted(
                                        TimeText.of(MIN), TimeText.of(MAX), TimeText.of(period)));
            }
        }
    }

    /**
     * At the times that a cron expression names.
     *
     * @param expression five fields: minute, hour, day of month, month, day of week
     * @param zone whose clock counts
     */
    record Cron(String expression, ZoneId zone) implements Timing {}
}
