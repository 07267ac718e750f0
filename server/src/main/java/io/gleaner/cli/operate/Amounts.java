package io.gleaner.cli.operate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Amounts in few letters, for people. */
final class Amounts {

    private static final String[] UNITS = {"", "k", "M", "G", "T", "P"};
    private static final double MILLIS_OF_A_SECOND = 1_000;
    private static final int TWO_DECIMALS_BELOW = 10;
    private static final int DECIMALS_BELOW = 100;

    private Amounts() {}

    static String number(long number) {
        return scaled((double) number, 1_000, "");
    }

    static String bytes(long bytes) {
        return scaled((double) bytes, 1_024, " ").concat("B");
    }

    /** How many of one for each of the other; empty when there is none. */
    static String ratio(long of, long each) {
        return each == 0 ? "" : scaled((double) of / each, 1_000, "");
    }

    /**
     * @param part 0 to 1
     */
    static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f%%", part * 100);
    }

    static String millis(double millis) {
        if (millis >= MILLIS_OF_A_SECOND) {
            return time(Duration.ofMillis((long) millis));
        }
        String format = millis < TWO_DECIMALS_BELOW ? "%.2f ms" : "%.0f ms";
        return String.format(Locale.ROOT, format, millis);
    }

    static String time(Duration time) {
        if (time.toSeconds() < 1) {
            return millis((double) time.toMillis());
        }
        return time.toMinutes() < 1
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / MILLIS_OF_A_SECOND)
                : "%d:%02d:%02d"
                        .formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    static String moment(@Nullable Instant moment) {
        return moment == null ? "never" : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String scaled(double value, int step, String space) {
        double scaled = value;
        int power = 0;
        while (scaled >= step && power < UNITS.length - 1) {
            scaled /= step;
            power++;
        }
        boolean whole = scaled >= DECIMALS_BELOW || scaled == Math.rint(scaled);
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", scaled) + space + UNITS[power];
    }
}
