package io.gleaner.perf.report;

import java.util.Locale;

/** Numbers as a person reads them. */
public final class Figures {

    private static final double MIB = 1024 * 1024;

    private Figures() {}

    /** Three or more digits that count: 0.123, 1.23, 12.3, 1,234. */
    public static String number(double value) {
        double size = Math.abs(value);
        String pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return value == 0 ? "0" : String.format(Locale.ROOT, pattern, value);
    }

    public static String mebibytes(long bytes) {
        return number(bytes / MIB) + " MiB";
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
