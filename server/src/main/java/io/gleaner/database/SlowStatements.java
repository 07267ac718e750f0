package io.gleaner.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a statement that was slow, with its plan, at most once a minute under the same name.
 *
 * <p>The plan is the generic one of the same text ({@code EXPLAIN (GENERIC_PLAN)}, PostgreSQL 16 or
 * newer), asked beside the slow transaction and never inside it.
 */
final class SlowStatements {

    private static final Logger LOG = LoggerFactory.getLogger(SlowStatements.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Pattern PARAMETER = Pattern.compile("\\?");

    private final Jdbi jdbi;
    private final Map<String, Long> lastSaid = new ConcurrentHashMap<>();

    /**
     * @param jdbi over a pool that has nothing else to do, without logger of its own
     */
    SlowStatements(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void say(String sql, Duration took) {
        String name = Sql.nameOf(sql);
        long now = System.nanoTime();
        boolean said =
                lastSaid.compute(
                                name,
                                (key, last) ->
                                        last == null || now - last > QUIET_NANOS ? now : last)
                        != now;
        if (!said) {
            Thread.ofVirtual().start(() -> log(name, sql, took));
        }
    }

    private void log(String name, String sql, Duration took) {
        try {
            LOG.warn(
                    "slow statement {} took {} ms; its plan:\n{}",
                    name,
                    took.toMillis(),
                    String.join("\n", plan(sql)));
        } catch (JdbiException e) {
            LOG.warn("slow statement {} took {} ms", name, took.toMillis());
            LOG.debug("no plan of {}", name, e);
        }
    }

    private List<String> plan(String sql) {
        var number = new AtomicInteger();
        String numbered =
                PARAMETER.matcher(sql).replaceAll(found -> "\\$" + number.incrementAndGet());
        return jdbi.withHandle(
                handle -> {
                    try (var statement = handle.getConnection().createStatement();
                            var rows =
                                    statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + numbered)) {
                        var lines = new java.util.ArrayList<String>();
                        while (rows.next()) {
                            lines.add("    " + rows.getString(1));
                        }
                        return lines;
                    } catch (java.sql.SQLException e) {
                        throw new org.jdbi.v3.core.statement.UnableToExecuteStatementException(
                                e, null);
                    }
                });
    }
}
