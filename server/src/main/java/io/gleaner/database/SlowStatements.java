package io.gleaner.database;

import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a statement that was slow, with its plan, at most once a minute under the same name.
 *
 * <p>The plan is the generic one of the same text, asked beside the slow transaction and never
 * inside it.
 */
final class SlowStatements {

    private static final Logger LOG = LoggerFactory.getLogger(SlowStatements.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Pattern PARAMETER = Pattern.compile("\\?");
    private static final Pattern NUMBERED = Pattern.compile("\\$\\d+");

    private final Connecting connect;
    private final Map<String, Long> lastSaid = new ConcurrentHashMap<>();

    /** Opens a connection that speaks the simple protocol. */
    interface Connecting {
        Connection call() throws SQLException;
    }

    /**
     * @param connect by the simple protocol, because the extended one asks for the parameters'
     *     values before it explains anything
     */
    SlowStatements(Connecting connect) {
        this.connect = connect;
    }

    void say(StatementContext context, Duration took) {
        String name = Sql.nameOf(context.getRawSql());
        long now = System.nanoTime();
        boolean said =
                lastSaid.compute(
                                name,
                                (key, last) ->
                                        last == null || now - last > QUIET_NANOS ? now : last)
                        != now;
        if (!said) {
            String sql = numbered(context);
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
        } catch (SQLException e) {
            LOG.warn("slow statement {} took {} ms", name, took.toMillis());
            LOG.debug("no plan of {}", name, e);
        }
    }

    /**
     * The statement with its parameters as {@code $1::type}: without the types PostgreSQL cannot
     * tell which {@code unnest} is meant.
     */
    private static String numbered(StatementContext context) {
        List<String> types = types(context.getStatement());
        var number = new AtomicInteger();
        return PARAMETER
                .matcher(context.getParsedSql().getSql())
                .replaceAll(
                        found -> {
                            int n = number.getAndIncrement();
                            String type = n < types.size() ? "::" + types.get(n) : "";
                            return "\\$" + (n + 1) + type;
                        });
    }

    private static List<String> types(PreparedStatement statement) {
        var types = new ArrayList<String>();
        try {
            ParameterMetaData parameters = statement.getParameterMetaData();
            for (int i = 1; i <= parameters.getParameterCount(); i++) {
                types.add(parameters.getParameterTypeName(i));
            }
        } catch (SQLException e) {
            LOG.debug("the types of a slow statement's parameters are not known", e);
        }
        return types;
    }

    /** By PREPARE, as {@code EXPLAIN (GENERIC_PLAN)} is not there before PostgreSQL 16. */
    private List<String> plan(String sql) throws SQLException {
        long parameters =
                NUMBERED.matcher(sql).results().map(MatchResult::group).distinct().count();
        String values = String.join(", ", Collections.nCopies(Math.toIntExact(parameters), "NULL"));
        try (Connection connection = connect.call();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE gleaner_slow AS " + sql);
            try (ResultSet rows =
                    statement.executeQuery(
                            "EXPLAIN EXECUTE gleaner_slow"
                                    + (values.isEmpty() ? "" : "(" + values + ")"))) {
                var lines = new ArrayList<String>();
                while (rows.next()) {
                    lines.add("    " + rows.getString(1));
                }
                return lines;
            } finally {
                connection.rollback();
                // A session that others use next must not have it.
                statement.execute("DEALLOCATE ALL");
                connection.commit();
            }
        }
    }
}
