package io.gleaner.fetch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Retry-After in both its forms (RFC 9110, 10.2.3): seconds, or one of three dates. */
final class RetryAfter {

    private static final List<DateTimeFormatter> DATES =
            List.of(
                    DateTimeFormatter.RFC_1123_DATE_TIME,
                    // RFC 850: the year has two digits, of the century around now
                    new DateTimeFormatterBuilder()
                            .appendPattern("EEEE, dd-MMM-")
                            .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
                            .appendPattern(" HH:mm:ss 'GMT'")
                            .toFormatter(Locale.ENGLISH)
                            .withZone(ZoneOffset.UTC),
                    DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                            .withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /**
     * How long to wait from now.
     *
     * @return between zero and {@code max}; empty when the header is missing or unreadable
     */
    static Optional<Duration> parse(@Nullable String header, Instant now, Duration max) {
        if (header == null) {
            return Optional.empty();
        }
        String value = header.strip();
        if (value.matches("\\d+")) {
            // More digits than this is more than any limit.
            boolean huge = value.length() > 9;
            return Optional.of(huge ? max : cap(Duration.ofSeconds(Long.parseLong(value)), max));
        }
        return DATES.stream()
                .flatMap(format -> date(value, format).stream())
                .findFirst()
                .map(date -> cap(Duration.between(now, date), max));
    }

    private static Optional<Instant> date(String value, DateTimeFormatter format) {
        try {
            return Optional.of(ZonedDateTime.parse(value, format).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration cap(Duration wait, Duration max) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(max) > 0 ? max : wait;
    }
}
