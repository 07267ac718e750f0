package io.gleaner.database;

import io.gleaner.database.DatabaseReport.Horizon;
import io.gleaner.database.DatabaseReport.OpenTransaction;
import io.gleaner.database.DatabaseReport.Server;
import io.gleaner.database.DatabaseReport.Sessions;
import io.gleaner.database.DatabaseReport.StatementUse;
import io.gleaner.database.DatabaseReport.Table;
import io.gleaner.database.DatabaseReport.UnusedIndex;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** Reads {@link DatabaseReport} from the server's statistics views. */
final class ReportReader {

    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "30";
    private static final int TEXT_MAX = 60;

    private static final String NOT_COUNTED =
            "pg_stat_statements is not loaded: add it to shared_preload_libraries, restart"
                    + " PostgreSQL and run CREATE EXTENSION pg_stat_statements in this database";

    private static final Sql SERVER =
            Sql.named(
                    "report-server",
                    """
                    SELECT current_setting('server_version') AS version, d.datname,
                           pg_database_size(d.oid) AS bytes, s.stats_reset, s.blks_hit, s.blks_read,
                           (SELECT count(*) FROM pg_stat_activity
                            WHERE backend_type = 'client backend') AS connections,
                           current_setting('max_connections')::int AS connections_max,
                           s.deadlocks, s.temp_bytes, age(d.datfrozenxid) AS frozen_age,
                           current_setting('autovacuum_freeze_max_age')::bigint AS frozen_age_max
                    FROM pg_database d
                    JOIN pg_stat_database s ON s.datid = d.oid
                    WHERE d.datname = current_database()
                    """);

    private static final Sql COUNTED =
            Sql.named(
                    "report-counted",
                    "SELECT EXISTS (SELECT FROM pg_extension WHERE extname ="
                            + " 'pg_stat_statements')");

    private static final Sql STATEMENTS =
            Sql.named(
                    "report-statements",
                    """
                    SELECT query, calls, total_exec_time, max_exec_time, rows,
                           shared_blks_hit AS blks_hit, shared_blks_read AS blks_read
                    FROM pg_stat_statements
                    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                    """);

    // Partitions are added up under the table they are parts of.
    private static final Sql TABLES =
            Sql.named(
                    "report-tables",
                    """
                    SELECT coalesce(pg_partition_root(s.relid), s.relid)::regclass::text AS name,
                           count(*) FILTER (WHERE pg_partition_root(s.relid) <> s.relid) AS partitions,
                           sum(n_live_tup) AS live, sum(n_dead_tup) AS dead,
                           sum(pg_table_size(s.relid)) AS table_bytes,
                           sum(pg_indexes_size(s.relid)) AS index_bytes,
                           sum(seq_scan) AS seq_scans, sum(seq_tup_read) AS seq_rows,
                           sum(coalesce(idx_scan, 0)) AS index_scans,
                           sum(n_tup_upd) AS updates, sum(n_tup_hot_upd) AS hot,
                           max(last_autovacuum) AS vacuumed_at
                    FROM pg_stat_user_tables s
                    GROUP BY 1
                    ORDER BY sum(pg_total_relation_size(s.relid)) DESC
                    LIMIT :limit
                    """);

    private static final Sql UNUSED =
            Sql.named(
                    "report-unused-indexes",
                    """
                    SELECT coalesce(pg_partition_root(i.indrelid), i.indrelid)::regclass::text AS table_name,
                           coalesce(pg_partition_root(i.indexrelid), i.indexrelid)::regclass::text AS name,
                           sum(pg_relation_size(i.indexrelid)) AS bytes
                    FROM pg_stat_user_indexes s
                    JOIN pg_index i ON i.indexrelid = s.indexrelid
                    WHERE NOT i.indisunique
                    GROUP BY 1, 2
                    HAVING sum(s.idx_scan) = 0
                    ORDER BY bytes DESC
                    LIMIT :limit
                    """);

    private static final Sql SESSIONS =
            Sql.named(
                    "report-sessions",
                    """
                    SELECT application_name, count(*) AS total,
                           count(*) FILTER (WHERE state = 'active') AS active,
                           count(*) FILTER (WHERE state = 'idle') AS idle,
                           count(*) FILTER (WHERE state LIKE 'idle in transaction%') AS in_transaction
                    FROM pg_stat_activity
                    WHERE datname = current_database() AND backend_type = 'client backend'
                        AND pid <> pg_backend_pid()
                    GROUP BY 1
                    ORDER BY total DESC, application_name
                    LIMIT :limit
                    """);

    private static final Sql TRANSACTIONS =
            Sql.named(
                    "report-transactions",
                    """
                    SELECT pid, application_name,
                           extract(epoch FROM clock_timestamp() - xact_start) * 1000 AS age_ms,
                           coalesce(state, '') AS state, query,
                           CASE WHEN state = 'active' THEN wait_event_type || ':' || wait_event END AS waits_for
                    FROM pg_stat_activity
                    WHERE datname = current_database() AND backend_type = 'client backend'
                        AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
                    ORDER BY xact_start
                    LIMIT :limit
                    """);

    private static final Sql HORIZONS =
            Sql.named(
                    "report-horizons",
                    """
                    SELECT holder, age(since) AS behind
                    FROM (
                        SELECT 'process ' || pid || ' (' || application_name || ')' AS holder,
                               backend_xmin AS since
                        FROM pg_stat_activity
                        WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid()
                            AND backend_type = 'client backend'
                        UNION ALL
                        SELECT 'prepared transaction ' || gid, transaction FROM pg_prepared_xacts
                        UNION ALL
                        SELECT 'replication slot ' || slot_name, coalesce(xmin, catalog_xmin)
                        FROM pg_replication_slots
                        UNION ALL
                        SELECT 'standby ' || application_name, backend_xmin FROM pg_stat_replication
                    ) holders
                    WHERE since IS NOT NULL
                    ORDER BY behind DESC
                    LIMIT :limit
                    """);

    private final Handle handle;

    private ReportReader(Handle handle) {
        this.handle = handle;
    }

    static DatabaseReport read(DatabaseConfig config) {
        try (Connection connection = connect(config);
                Handle handle = Jdbi.open(connection)) {
            return new ReportReader(handle).read();
        } catch (SQLException | JdbiException e) {
            throw SqlStates.explained(e);
        }
    }

    private static Connection connect(DatabaseConfig config) throws SQLException {
        var properties = new Properties();
        PGProperty.USER.set(properties, config.user());
        PGProperty.PASSWORD.set(properties, config.password());
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, ANSWER_SECONDS);
        PGProperty.APPLICATION_NAME.set(properties, "gleaner-report");
        return DriverManager.getConnection(config.jdbcUrl(), properties);
    }

    private DatabaseReport read() {
        boolean counted = handle.createQuery(COUNTED.text()).mapTo(Boolean.class).one();
        List<StatementUse> statements = List.of();
        String missing = counted ? null : NOT_COUNTED;
        if (counted) {
            try {
                statements = statements();
            } catch (JdbiException e) {
                missing = NOT_COUNTED + " (" + SqlStates.firstLine(e) + ")";
            }
        }
        return new DatabaseReport(
                handle.createQuery(SERVER.text()).map((row, context) -> server(row)).one(),
                statements,
                missing,
                list(TABLES, (row, context) -> table(row)),
                list(
                        UNUSED,
                        (row, context) ->
                                new UnusedIndex(
                                        row.getString("table_name"),
                                        row.getString("name"),
                                        row.getLong("bytes"))),
                list(SESSIONS, (row, context) -> sessions(row)),
                list(TRANSACTIONS, (row, context) -> transaction(row)),
                list(
                        HORIZONS,
                        (row, context) ->
                                new Horizon(row.getString("holder"), row.getLong("behind"))));
    }

    private <T> List<T> list(Sql sql, RowMapper<T> mapper) {
        return handle.createQuery(sql.text())
                .bind("limit", DatabaseReport.ROWS_MAX)
                .map(mapper)
                .list();
    }

    /** One statement may be counted several times: for each user, and each shape of its text. */
    private List<StatementUse> statements() {
        Map<String, Sum> sums = new LinkedHashMap<>();
        handle.createQuery(STATEMENTS.text())
                .map(
                        (row, context) -> {
                            Sum sum = sums.computeIfAbsent(name(row.getString("query")), Sum::new);
                            sum.add(row);
                            return sum;
                        })
                .list();
        return sums.values().stream()
                .map(Sum::use)
                .sorted(Comparator.comparingDouble(StatementUse::totalMillis).reversed())
                .limit(DatabaseReport.ROWS_MAX)
                .toList();
    }

    private static final class Sum {
        private final String name;
        private long calls;
        private double totalMillis;
        private double maxMillis;
        private long rows;
        private long hits;
        private long reads;

        Sum(String name) {
            this.name = name;
        }

        void add(ResultSet row) throws SQLException {
            calls += row.getLong("calls");
            totalMillis += row.getDouble("total_exec_time");
            maxMillis = Math.max(maxMillis, row.getDouble("max_exec_time"));
            rows += row.getLong("rows");
            hits += row.getLong("blks_hit");
            reads += row.getLong("blks_read");
        }

        StatementUse use() {
            return new StatementUse(
                    name,
                    calls,
                    totalMillis,
                    calls == 0 ? 0 : totalMillis / calls,
                    maxMillis,
                    rows,
                    part(hits, hits + reads));
        }
    }

    private static Server server(ResultSet row) throws SQLException {
        return new Server(
                row.getString("version"),
                row.getString("datname"),
                row.getLong("bytes"),
                instant(row.getTimestamp("stats_reset")),
                part(row.getLong("blks_hit"), row.getLong("blks_hit") + row.getLong("blks_read")),
                row.getInt("connections"),
                row.getInt("connections_max"),
                row.getLong("deadlocks"),
                row.getLong("temp_bytes"),
                row.getLong("frozen_age"),
                row.getLong("frozen_age_max"));
    }

    private static Table table(ResultSet row) throws SQLException {
        return new Table(
                row.getString("name"),
                row.getInt("partitions"),
                row.getLong("live"),
                row.getLong("dead"),
                row.getLong("table_bytes"),
                row.getLong("index_bytes"),
                row.getLong("seq_scans"),
                row.getLong("seq_rows"),
                row.getLong("index_scans"),
                row.getLong("updates"),
                part(row.getLong("hot"), row.getLong("updates")),
                instant(row.getTimestamp("vacuumed_at")));
    }

    private static Sessions sessions(ResultSet row) throws SQLException {
        return new Sessions(
                row.getString("application_name"),
                row.getInt("total"),
                row.getInt("active"),
                row.getInt("idle"),
                row.getInt("in_transaction"));
    }

    private static OpenTransaction transaction(ResultSet row) throws SQLException {
        return new OpenTransaction(
                row.getInt("pid"),
                row.getString("application_name"),
                Duration.ofMillis(row.getLong("age_ms")),
                row.getString("state"),
                name(row.getString("query")),
                row.getString("waits_for"));
    }

    private static String name(String query) {
        String name = Sql.nameOf(query);
        if (!name.equals(Sql.UNNAMED)) {
            return name;
        }
        String text = query.strip().replaceAll("\\s+", " ");
        return text.substring(0, Math.min(TEXT_MAX, text.length()));
    }

    /** Of nothing, all. */
    private static double part(long of, long all) {
        return all == 0 ? 1 : (double) of / all;
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
