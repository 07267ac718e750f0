package io.gleaner.perf.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 0s}, {@code 500ms}, {@code 30s}, {@code 5m}, up to two hours. */
final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
    private static final Duration LONGEST = Duration.ofHours(2);

    @Override
    public Duration convert(String text) {
        Matcher matcher = TIME.matcher(text);
        Duration duration = matcher.matches() ? of(matcher) : Duration.ofDays(1);
        if (duration.compareTo(LONGEST) > 0) {
            throw new TypeConversionException(
                    "'%s' is not a time like 500ms, 30s or 5m, up to 2h".formatted(text));
        }
        return duration;
    }

    private static Duration of(Matcher matcher) {
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
