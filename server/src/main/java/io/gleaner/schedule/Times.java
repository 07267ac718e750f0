package io.gleaner.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.gleaner.job.Timing;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.ThreadLocalRandom;

/** The times that a timing names. */
public final class Times {

    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final int EXPRESSION_CHARS_MAX = 200;

    private Times() {}

    /**
     * Reads a cron expression of five fields.
     *
     * @throws IllegalArgumentException saying what is wrong and what is accepted
     */
    public static Timing.Cron cron(String expression, ZoneId zone) {
        if (expression.length() > EXPRESSION_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a cron expression has at most %d characters".formatted(EXPRESSION_CHARS_MAX));
        }
        var timing = new Timing.Cron(expression.strip(), zone);
        after(timing, Instant.now(), Instant.now());
        return timing;
    }

    /**
     * The first time after a moment.
     *
     * @param from a time of the same timing, from which even distances count
     * @throws IllegalArgumentException when there is none, or the expression is none
     */
    public static Instant after(Timing timing, Instant from, Instant moment) {
        return switch (timing) {
            case Timing.Every(var period) -> {
                long periods = Duration.between(from, moment).dividedBy(period);
                Instant next = from.plus(period.multipliedBy(Math.max(0, periods)));
                yield next.isAfter(moment) ? next : next.plus(period);
            }
            case Timing.Cron(var expression, var zone) ->
                    ExecutionTime.forCron(parsed(expression))
                            .nextExecution(moment.atZone(zone))
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "the cron expression %s names no time"
                                                            .formatted(expression)))
                            .toInstant();
        };
    }

    private static Cron parsed(String expression) {
        try {
            return PARSER.parse(expression).validate();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "%s is no cron expression of five fields (minute, hour, day of month, month, day of week), like 0 3 * * 1-5: %s"
                            .formatted(expression, e.getMessage()),
                    e);
        }
    }

    /** A moment up to {@code jitter} later, so that not all begin at once. */
    public static Instant later(Instant due, Duration jitter) {
        return jitter.isZero()
                ? due
                : due.plusMillis(ThreadLocalRandom.current().nextLong(jitter.toMillis() + 1));
    }
}
