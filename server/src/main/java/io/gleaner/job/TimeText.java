package io.gleaner.job;

import java.time.Duration;

/** Durations as people write them, and as every option takes them: {@code 500ms}, {@code 2m}. */
public final class TimeText {

    private TimeText() {}

    /** In the largest unit that needs no fraction. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
}
