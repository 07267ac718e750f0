package io.gleaner.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills a store by SQL with what a busy service holds: 10,000 host queues of 100 tasks each, 20,000
 * jobs over eight days, of which a hundredth runs and a hundredth is cancelled, and half a million
 * pages and met URLs. Statistics are fresh at the end.
 */
final class LargeStore {

    static final int HOSTS = 10_000;
    static final int JOBS = 20_000;
    static final int TASKS = 1_000_000;

    private static final String[] FILL = {
        // An id of a day from today on, as JobIds makes them: the partitions exist.
        """
        CREATE FUNCTION job_id(n bigint) RETURNS uuid LANGUAGE sql STABLE AS $$
            SELECT (lpad(to_hex((extract(epoch FROM (now() AT TIME ZONE 'UTC')::date + (n / 2500)::int)
                                 * 1000)::bigint + n), 12, '0')
                    || '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid
        $$
        """,
        """
        INSERT INTO job (id, state, spec, priority, page_limit, total, pending, done, next_rank, finished_at,
                         job_kind, job_name, job_tags)
        SELECT job_id(n),
               CASE n % 100 WHEN 0 THEN 'RUNNING' WHEN 1 THEN 'CANCELLED' WHEN 2 THEN 'FAILED'
                            ELSE 'COMPLETED' END,
               '{}', 5, 100000, 5000, CASE n % 100 WHEN 0 THEN 5000 ELSE 0 END, 1000, 5000,
               CASE WHEN n % 100 > 0 THEN now() - n % 30 * interval '1 day' END,
               'URLS', 'job ' || n, CASE WHEN n % 100 = 0 THEN '["shop"]' ELSE '[]' END::jsonb
        FROM generate_series(0, 19999) n
        """,
        "INSERT INTO idempotency SELECT 'key-' || n, 'hash', job_id(n) FROM generate_series(0,"
                + " 19999) n",
        // Nineteen of twenty queues are due; the others are in the hands of four workers.
        """
        INSERT INTO host (name, backlog, ready_at, lease_owner)
        SELECT 'h' || n || '.example', 100,
               CASE WHEN n % 20 > 0 THEN now() - n * interval '1 second' END,
               CASE WHEN n % 20 = 0 THEN lpad(to_hex(n / 20 % 4), 32, '0')::uuid END
        FROM generate_series(1, 10000) n
        """,
        "INSERT INTO worker (id) SELECT lpad(to_hex(n), 32, '0')::uuid FROM generate_series(0, 2)"
                + " n",
        // Every queue has tasks of a hundred of the two hundred jobs that have any; four of those
        // are cancelled.
        """
        INSERT INTO task (host_id, job_id, priority, rank, url, depth, attempt, rescues)
        SELECT host.id, its.job_id, 5, k, 'http://' || host.name || '/a/path/of/usual/length/' || k, 1, 1, 0
        FROM host
        CROSS JOIN generate_series(0, 99) k
        JOIN (SELECT j, job_id(j * 100 + CASE WHEN j % 50 = 7 THEN 1 ELSE 0 END) AS job_id
              FROM generate_series(0, 199) j) its ON its.j = (host.id * 37 + k) % 200
        """,
    };

    private static final String[] REST = {
        """
        UPDATE host
        SET in_hand = ARRAY(SELECT id FROM task WHERE host_id = host.id ORDER BY priority, rank, id LIMIT 8)
        WHERE lease_owner IS NOT NULL
        """,
        """
        INSERT INTO page (job_id, seq, url, fault, status, fetched_at, meta, content)
        SELECT job_id, seq, 'http://a.example/' || seq, CASE WHEN seq % 10 = 0 THEN 'TIMEOUT' END, 200,
               now(), '{"depth": 1}', '\\x00'
        FROM (SELECT job_id(n) FROM generate_series(0, 19999, 40) n) its
        CROSS JOIN generate_series(1, 1000) seq
        """,
        """
        INSERT INTO seen (job_id, key)
        SELECT job_id, lpad(to_hex(k * 7919), 32, '0')::uuid
        FROM (SELECT job_id(n) FROM generate_series(0, 19999, 40) n) its
        CROSS JOIN generate_series(1, 1000) k
        """,
        """
        INSERT INTO attachment (job_id, seq, name, media_type, content)
        SELECT job_id, seq, 'screenshot', 'image/png', '\\x00'
        FROM (SELECT job_id(n) FROM generate_series(0, 19999, 40) n) its
        CROSS JOIN generate_series(1, 100) seq
        """,
        """
        INSERT INTO capture (job_id, seq, content)
        SELECT job_id, seq, '\\x00'
        FROM (SELECT job_id(n) FROM generate_series(0, 19999, 40) n) its
        CROSS JOIN generate_series(1, 100) seq
        """,
        """
        INSERT INTO webhook (job_id, tenant, state)
        SELECT id, tenant, CASE WHEN state = 'RUNNING' THEN 'OPEN' ELSE 'DONE' END
        FROM job
        """,
        "VACUUM ANALYZE",
    };

    private LargeStore() {}

    static void fill(TestStore store) throws SQLException {
        try (Connection connection = store.access.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION pg_stat_statements");
            statement.execute("SET maintenance_work_mem = '256MB'");
            statement.execute("ALTER TABLE task SET UNLOGGED"); // the plans are the same
            List<String> indexes = dropTaskIndexes(statement);
            for (String sql : FILL) {
                statement.execute(sql);
            }
            for (String index : indexes) {
                statement.execute(index);
            }
            for (String sql : REST) {
                statement.execute(sql);
            }
        }
    }

    /** Sorting a million rows at the end takes a fraction of inserting them in any order. */
    private static List<String> dropTaskIndexes(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> definitions = new ArrayList<>();
        try (ResultSet row =
                statement.executeQuery(
                        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'task'"
                                + " AND indexname <> 'task_pkey'")) {
            while (row.next()) {
                names.add(row.getString(1));
                definitions.add(row.getString(2));
            }
        }
        for (String name : names) {
            statement.execute("DROP INDEX " + name);
        }
        return definitions;
    }
}
