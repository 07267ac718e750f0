package io.gleaner.api.wire;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people and programs write them. */
public final class WireDuration {

    static final String FORMS = "\"30s\", \"500ms\", \"2m\", \"1h\", \"1d\", \"PT30S\" or seconds";

    private static final int LENGTH_MAX = 40;
    private static final Pattern SIMPLE =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s?(ms|s|m|h|d)?");

    private WireDuration() {}

    /** Empty when the text is none of the {@link #FORMS}, or negative. */
    static Optional<Duration> parse(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        var simple = SIMPLE.matcher(trimmed.toLowerCase(Locale.ROOT));
        if (simple.matches()) {
            String unit = simple.group(2) == null ? "s" : simple.group(2);
            return Optional.of(seconds(new BigDecimal(simple.group(1)).multiply(unitOf(unit))));
        }
        try {
            return Optional.of(Duration.parse(trimmed)).filter(duration -> !duration.isNegative());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static BigDecimal unitOf(String unit) {
        return switch (unit) {
            case "ms" -> new BigDecimal("0.001");
            case "m" -> BigDecimal.valueOf(60);
            case "h" -> BigDecimal.valueOf(3600);
            case "d" -> BigDecimal.valueOf(86_400);
            default -> BigDecimal.ONE;
        };
    }

    private static Duration seconds(BigDecimal seconds) {
        long whole = seconds.longValue();
        long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Duration.ofSeconds(whole, nanos);
    }

    /** The short form people write: {@code 30s}, {@code 1m30s}. */
    public static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
