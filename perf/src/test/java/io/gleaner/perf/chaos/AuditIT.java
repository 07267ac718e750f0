package io.gleaner.perf.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.LabSettings;
import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.site.SitePlan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the audit would notice: errors are planted into the rows of a real service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {

    private static final int URLS = 20;
    private static final Audit.Result CLEAN =
            new Audit.Result(URLS + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final Lab lab =
            new Lab(
                    new LabSettings(Optional.empty(), List.of(), List.of(), Map.of(), false),
                    new ServerProgram(
                            List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"),
                            ServerProgram.onClassPath()),
                    line -> {});
    private final Postgres postgres = lab.postgres();
    private final DatabaseAddress database = postgres.fresh("gleaner_bench");
    private final Site site = lab.site(SitePlan.of(100, 2));
    private final Service service =
            lab.service(
                    Optional.of(database.url()),
                    List.of("--allow-private-networks", "--crawl-delay-min", "0s"),
                    List.of(),
                    Map.of(),
                    Optional.empty());
    private final Api api = new Api(service.target());
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    AuditIT() throws Exception {}

    @BeforeAll
    void storeTwoJobs() {
        var submitter = new Submitter(() -> Optional.of(service.target()));
        acknowledged.add(submitter.urls("many", urls(0, URLS)));
        acknowledged.add(submitter.urls("one", urls(URLS, 1)));
        new Audit(database, acknowledged, "").awaitQuiet(Duration.ofMinutes(5));
    }

    @AfterAll
    void end() {
        service.close();
        site.close();
        postgres.close();
        lab.close();
    }

    private List<String> urls(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(n -> site.url(n).toString()).toList();
    }

    private Audit.Result audit() throws Exception {
        return new Audit(database, acknowledged, "").check(api, List.of(service.worker()));
    }

    @Test
    void ofRightRowsNothingIsWrong() throws Exception {
        assertThat(audit()).isEqualTo(CLEAN);
    }

    /**
     * An error in the rows of the large job.
     *
     * @param undo makes it good again
     * @param count of the audit that must be 1
     */
    record Planted(String what, String sql, String undo, ToLongFunction<Audit.Result> count) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Planted> planted() {
        return List.of(
                new Planted(
                        "a page is lost",
                        "CREATE TABLE kept AS SELECT * FROM page WHERE job_id = JOB AND seq = 7;"
                                + " DELETE FROM page WHERE job_id = JOB AND seq = 7",
                        "INSERT INTO page SELECT * FROM kept; DROP TABLE kept",
                        Audit.Result::lost),
                new Planted(
                        "a page is there twice",
                        "INSERT INTO page SELECT job_id, 21, url, fault, status, fetched_at, meta,"
                                + " content FROM page WHERE job_id = JOB AND seq = 3",
                        "DELETE FROM page WHERE job_id = JOB AND seq = 21",
                        Audit.Result::twice),
                new Planted(
                        "a page is there that nobody asked for",
                        "INSERT INTO page SELECT job_id, 21, 'http://127.0.0.1:1/', fault, status,"
                                + " fetched_at, meta, content FROM page"
                                + " WHERE job_id = JOB AND seq = 3",
                        "DELETE FROM page WHERE job_id = JOB AND seq = 21",
                        Audit.Result::foreign),
                new Planted(
                        "seq has a gap",
                        "UPDATE page SET seq = 22 WHERE job_id = JOB AND seq = 20",
                        "UPDATE page SET seq = 20 WHERE job_id = JOB AND seq = 22",
                        Audit.Result::gaps),
                new Planted(
                        "a counter is wrong",
                        "UPDATE job SET failed = 1 WHERE id = JOB",
                        "UPDATE job SET failed = 0 WHERE id = JOB",
                        Audit.Result::counters),
                new Planted(
                        "a job still runs",
                        "UPDATE job SET state = 'RUNNING', finished_at = NULL WHERE id = JOB",
                        "UPDATE job SET state = 'COMPLETED', finished_at = now() WHERE id = JOB",
                        Audit.Result::unfinished),
                new Planted(
                        "a page is a fault",
                        "UPDATE page SET fault = 'TIMEOUT' WHERE job_id = JOB AND seq = 1",
                        "UPDATE page SET fault = NULL WHERE job_id = JOB AND seq = 1",
                        Audit.Result::faults),
                new Planted(
                        "a page ended because its workers died",
                        "UPDATE page SET fault = 'WORKER_LOST' WHERE job_id = JOB AND seq = 1",
                        "UPDATE page SET fault = NULL WHERE job_id = JOB AND seq = 1",
                        Audit.Result::workersLost),
                new Planted(
                        "a queue is not empty",
                        "UPDATE host SET backlog = 1, ready_at = now() + interval '1 hour'"
                                + " WHERE id = (SELECT min(id) FROM host)",
                        "UPDATE host SET backlog = 0, ready_at = NULL",
                        Audit.Result::backlog));
    }

    @ParameterizedTest
    @MethodSource("planted")
    void itNoticesThat(Planted error) throws Exception {
        execute(error.sql());
        try {
            assertThat(error.count().applyAsLong(audit())).isEqualTo(1);
        } finally {
            execute(error.undo());
        }
        assertThat(audit()).isEqualTo(CLEAN);
    }

    @Test
    void itNoticesAJobThatWasNeverAcknowledged() throws Exception {
        Acknowledged told = acknowledged.removeLast();
        try {
            assertThat(audit().surplus()).isEqualTo(1);
        } finally {
            acknowledged.add(told);
        }
    }

    @Test
    void itNoticesAQueueInTheNameOfAWorkerThatIsNotThere() throws Exception {
        assertThat(
                        new Audit(database, acknowledged, "")
                                .check(api, List.of("00000000-0000-0000-0000-000000000000")))
                .isEqualTo(CLEAN);
        // Its sign of life is fresh, so that the service does not free it meanwhile.
        execute(
                "INSERT INTO worker (id, heartbeat_at) VALUES (gen_random_uuid(), now() + interval"
                        + " '1 minute'); UPDATE host SET lease_owner = (SELECT id FROM worker ORDER"
                        + " BY heartbeat_at DESC LIMIT 1) WHERE id = (SELECT min(id) FROM host)");
        try {
            assertThat(audit().leases()).isEqualTo(1);
        } finally {
            execute(
                    "UPDATE host SET lease_owner = NULL; DELETE FROM worker WHERE heartbeat_at >"
                            + " now()");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement()) {
            statement.execute(sql.replace("JOB", "'" + acknowledged.getFirst().id() + "'"));
        }
    }
}
