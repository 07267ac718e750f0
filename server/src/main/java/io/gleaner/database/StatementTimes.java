package io.gleaner.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Times every statement under its name, and reports the slow ones. */
final class StatementTimes implements SqlLogger {

    private final MeterRegistry metrics;
    private final Duration slowAfter;
    private final BiConsumer<StatementContext, Duration> whenSlow;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    /**
     * @param whenSlow gets the statement, still open, and its time
     */
    StatementTimes(
            MeterRegistry metrics,
            Duration slowAfter,
            BiConsumer<StatementContext, Duration> whenSlow) {
        this.metrics = metrics;
        this.slowAfter = slowAfter;
        this.whenSlow = whenSlow;
    }

    @Override
    public void logAfterExecution(StatementContext context) {
        Duration took = Duration.ofNanos(context.getElapsedTime(ChronoUnit.NANOS));
        timer(context.getRawSql()).record(took);
        if (took.compareTo(slowAfter) > 0) {
            whenSlow.accept(context, took);
        }
    }

    @Override
    public void logException(StatementContext context, SQLException failure) {
        metrics.counter(
                        "gleaner.db.statement.errors",
                        "statement",
                        Sql.nameOf(context.getRawSql()),
                        "state",
                        String.valueOf(failure.getSQLState()))
                .increment();
    }

    private Timer timer(String rawSql) {
        return timers.computeIfAbsent(
                Sql.nameOf(rawSql),
                name ->
                        Timer.builder("gleaner.db.statement")
                                .description("Time of each statement, by its name")
                                .tag("statement", name)
                                .publishPercentiles(0.5, 0.95, 0.99)
                                .register(metrics));
    }
}
