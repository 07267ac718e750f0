package io.gleaner.perf.chaos;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Compares what was acknowledged with what the service has, by SQL and over HTTP. */
public final class Audit {

    private static final int SMALL_JOBS_ASKED = 500;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * What is wrong, by the number of cases.
     *
     * @param pages stored in all
     * @param lost acknowledged URLs without a page or fault
     * @param twice URLs that a job has more than once
     * @param foreign URLs of a job of URLs that nobody submitted
     * @param gaps jobs whose seq is not 1, 2, 3 … to done
     * @param counters jobs whose counters are not what their rows say
     * @param unfinished jobs that are not final
     * @param surplus jobs that nobody was told of
     * @param faults other than the poison page's and those that the rule about dead workers made
     * @param workersLost pages other than the poison page that more workers had in hand when they
     *     died than a page may: no error, though no page either
     * @param backlog tasks and host queues that are not empty
     * @param leases in the name of no living worker
     * @param overHttp answers of the API that differ from the rows
     */
    public record Result(
            long pages,
            long lost,
            long twice,
            long foreign,
            long gaps,
            long counters,
            long unfinished,
            long surplus,
            long faults,
            long workersLost,
            long backlog,
            long leases,
            long overHttp) {}

    private record Row(long seq, String url) {}

    private final DatabaseAddress database;
    private final List<Acknowledged> acknowledged;
    private final String poisonJob;

    /**
     * @param poisonJob whose fault is expected; empty for none
     */
    public Audit(DatabaseAddress database, List<Acknowledged> acknowledged, String poisonJob) {
        this.database = database;
        this.acknowledged = acknowledged;
        this.poisonJob = poisonJob;
    }

    /** Waits until no job runs and nobody has a queue in hand, but not for ever. */
    public void awaitQuiet(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < end && busy()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private boolean busy() {
        try (Connection connection = DriverManager.getConnection(database.url())) {
            return count(
                            connection,
                            """
                            SELECT (SELECT count(*) FROM job WHERE state = 'RUNNING')
                                + (SELECT count(*) FROM host WHERE in_hand <> '{}')
                            """)
                    > 0;
        } catch (SQLException e) {
            throw new BenchException("the jobs cannot be read", e);
        }
    }

    /** Looks now; when it is quiet, all of it must be 0 but the pages. */
    public Result check(Api api, Collection<String> living) throws IOException {
        try (Connection connection = DriverManager.getConnection(database.url())) {
            Map<String, List<Row>> pages = pages(connection);
            long lost = 0;
            long twice = 0;
            long foreign = 0;
            long gaps = 0;
            for (Acknowledged job : acknowledged) {
                List<Row> rows = pages.getOrDefault(job.id(), List.of());
                Set<String> urls = new HashSet<>();
                for (int n = 0; n < rows.size(); n++) {
                    twice += urls.add(rows.get(n).url()) ? 0 : 1;
                }
                gaps += dense(rows) ? 0 : 1;
                if (!job.urls().isEmpty()) {
                    lost += job.urls().stream().filter(url -> !urls.contains(url)).count();
                    urls.removeAll(new HashSet<>(job.urls()));
                    foreign += urls.size();
                }
            }
            return new Result(
                    count(connection, "SELECT count(*) FROM page"),
                    lost,
                    twice,
                    foreign,
                    gaps,
                    count(
                            connection,
                            """
                            SELECT count(*)
                            FROM job
                            LEFT JOIN (
                                SELECT job_id, count(*) AS n, count(fault) AS faults
                                FROM page GROUP BY job_id
                            ) p ON p.job_id = job.id
                            WHERE pending <> 0 OR total <> done
                                OR done <> coalesce(n, 0) OR failed <> coalesce(faults, 0)
                            """),
                    count(connection, "SELECT count(*) FROM job WHERE state = 'RUNNING'"),
                    count(connection, "SELECT count(*) FROM job")
                            - acknowledged.stream().map(Acknowledged::id).distinct().count(),
                    faults(connection, "<> 'WORKER_LOST'"),
                    faults(connection, "= 'WORKER_LOST'"),
                    count(
                            connection,
                            """
                            SELECT (SELECT count(*) FROM task)
                                + (SELECT count(*) FROM host WHERE backlog <> 0 OR in_hand <> '{}')
                            """),
                    count(
                            connection,
                            "SELECT count(*) FROM host WHERE lease_owner::text NOT IN ('%s')"
                                    .formatted(String.join("','", living))),
                    overHttp(api, pages));
        } catch (SQLException e) {
            throw new BenchException("the rows cannot be read", e);
        }
    }

    private long faults(Connection connection, String which) throws SQLException {
        return count(
                connection,
                "SELECT count(*) FROM page WHERE fault %s AND job_id::text <> '%s'"
                        .formatted(which, poisonJob));
    }

    private static boolean dense(List<Row> rows) {
        for (int n = 0; n < rows.size(); n++) {
            if (rows.get(n).seq() != n + 1) {
                return false;
            }
        }
        return true;
    }

    private long overHttp(Api api, Map<String, List<Row>> pages) throws IOException {
        long wrong = 0;
        int asked = 0;
        for (Acknowledged job : acknowledged) {
            List<Row> rows = pages.getOrDefault(job.id(), List.of());
            JsonNode status = api.status(job.id());
            wrong += status.required("done").asLong() == rows.size() ? 0 : 1;
            wrong += status.required("state").asString().equals("running") ? 1 : 0;
            if (job.urls().size() != 1 || asked++ < SMALL_JOBS_ASKED) {
                wrong += rows.equals(served(api, job.id(), rows.size())) ? 0 : 1;
            }
        }
        return wrong;
    }

    private static List<Row> served(Api api, String id, int most) throws IOException {
        var rows = new ArrayList<Row>();
        long cursor = 0;
        while (rows.size() <= most) {
            JsonNode page = api.pages(id, cursor);
            for (JsonNode row : page.required("pages")) {
                rows.add(new Row(row.required("seq").asLong(), row.required("url").asString()));
            }
            if (page.required("next").isNull() || page.required("pages").isEmpty()) {
                return rows; // A job that still runs has a next page, which may stay empty.
            }
            cursor = page.required("next").asLong();
        }
        return rows;
    }

    private static Map<String, List<Row>> pages(Connection connection) throws SQLException {
        Map<String, List<Row>> pages = new HashMap<>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT job_id::text, seq, url FROM page ORDER BY job_id, seq")) {
            while (rows.next()) {
                pages.computeIfAbsent(rows.getString(1), absent -> new ArrayList<>())
                        .add(new Row(rows.getLong(2), rows.getString(3)));
            }
        }
        return pages;
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
