package io.gleaner.perf.bench;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Fills host queues by SQL, because submitting ten million URLs is not what is measured. Knows the
 * tables of the store. The job that is there already lends its specification.
 *
 * <p>Tasks lie in the table as crawls leave them: those of a host in runs, for the new links of a
 * page are queued at once. A run has at most {@value #RUN_MOST} tasks.
 *
 * @param tasks in all; run i is on host i modulo {@code hosts}
 * @param jobs host h's tasks belong to job h modulo this
 */
record Preload(long tasks, int hosts, int jobs) {

    private static final long CHUNK = 1_000_000;
    private static final long RUN_MOST = 20;
    private static final long PAGE_LIMIT = 1_000_000_000_000L;

    /**
     * @param progress hears how many tasks are there, a few times
     */
    void into(DatabaseAddress database, LongConsumer progress) {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            statement.execute(jobRows());
            statement.execute(hostRows());
            for (long from = 0; from < tasks; from += CHUNK) {
                long to = Math.min(from + CHUNK, tasks) - 1;
                statement.execute(taskRows(from, to));
                progress.accept(to + 1);
            }
            for (String end : List.of("VACUUM ANALYZE task", "VACUUM ANALYZE host", "CHECKPOINT")) {
                statement.execute(end);
            }
        } catch (SQLException e) {
            throw new BenchException("the tasks cannot be loaded: " + e.getMessage(), e);
        }
    }

    private long run() {
        return Math.clamp(tasks / hosts, 1, RUN_MOST);
    }

    /** SQL for the tasks of a host. */
    private String backlog(String host) {
        long round = run() * hosts;
        return "(%d + least(greatest(%d - %s * %d, 0), %d))"
                .formatted(tasks / round * run(), tasks % round, host, run(), run());
    }

    private String jobRows() {
        return """
        CREATE TEMPORARY TABLE bench_job AS
        SELECT j AS n,
               (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0')
                || '7' || substr(md5(j::text), 1, 3)
                || '8' || substr(md5(j::text), 4, 15))::uuid AS id,
               (SELECT sum(%1$s) FROM generate_series(j, %2$d - 1, %3$d) h) AS tasks
        FROM generate_series(0, %3$d - 1) j;

        INSERT INTO job (id, state, spec, priority, page_limit, total, pending, next_rank)
        SELECT bench_job.id, 'RUNNING', spec, priority, %4$d, tasks, tasks, tasks
        FROM bench_job, (SELECT spec, priority FROM job LIMIT 1) template
        WHERE tasks > 0;
        """
                .formatted(backlog("h"), hosts, jobs, PAGE_LIMIT);
    }

    private String hostRows() {
        return """
        CREATE TEMPORARY TABLE bench_host (n bigint PRIMARY KEY, name text, id bigint);

        INSERT INTO bench_host (n, name)
        SELECT h, 'h' || h || '.bench.invalid' FROM generate_series(0, %2$d - 1) h;

        INSERT INTO host (name, backlog, ready_at)
        SELECT name, %1$s, CASE WHEN n %% 10 > 0 THEN now() ELSE now() + interval '1 day' END
        FROM bench_host
        WHERE %1$s > 0;

        UPDATE bench_host SET id = host.id FROM host WHERE host.name = bench_host.name;
        ANALYZE bench_host;
        ANALYZE bench_job;
        """
                .formatted(backlog("n"), hosts);
    }

    private String taskRows(long from, long to) {
        return """
        INSERT INTO task (host_id, job_id, priority, rank, url, depth, attempt, rescues)
        SELECT h.id, j.id, 5, i / %1$d, 'http://' || h.name || '/p/' || i, 0, 1, 0
        FROM generate_series(%3$d::bigint, %4$d::bigint) i
        JOIN bench_host h ON h.n = i / %5$d %% %1$d
        JOIN bench_job j ON j.n = h.n %% %2$d
        """
                .formatted(hosts, jobs, from, to, run());
    }
}
