package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.job.Candidate;
import io.gleaner.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the room is for that {@code fillfactor} leaves on the pages of {@code job} and {@code host}:
 * updates in place (HOT). The same churn, with it and without.
 */
class UpdatesInPlaceIT {

    private static final Logger LOG = LoggerFactory.getLogger(UpdatesInPlaceIT.class);
    private static final int JOBS = 400;
    private static final int HOSTS = 200;
    private static final int URLS_EACH = 20;
    private static final String OTHERS =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    private static final String UPDATES = "SELECT %s FROM pg_stat_user_tables WHERE relname = '%s'";

    /** Read after the churn's connections have ended, for they tell their counts late. */
    private record InPlace(long hostUpdates, double hosts, long jobUpdates, double jobs) {}

    @Test
    void roomOnThePageKeepsTheCountersOfJobsInPlace() throws SQLException {
        InPlace with = churn("");
        InPlace without =
                churn(
                        "ALTER TABLE host SET (fillfactor = 100);"
                                + "ALTER TABLE job SET (fillfactor = 100)");
        LOG.info("with room {}, without {}", with, without);
        assertThat(with.jobs()).isGreaterThan(0.85).isGreaterThan(without.jobs() + 0.05);
        // A lease and a release change what host is indexed by, so room decides nothing there.
        assertThat(with.hosts()).isBetween(without.hosts() - 0.05, 0.9);
    }

    /** Leases, settles and releases until all is done: 256 tasks of 64 hosts at a time. */
    private static InPlace churn(String before) throws SQLException {
        TestDatabase.Access access = TestDatabase.shared().fresh();
        try (var store = new TestStore(SubmitConfig.standard(), access)) {
            store.execute(before + ";SELECT 1");
            for (int job = 0; job < JOBS; job++) {
                store.submit(urls(job));
            }
            UUID worker = UUID.randomUUID();
            List<HostLease> leases = store.queues.lease(worker, 64, 4);
            while (!leases.isEmpty()) {
                store.settlement.settle(
                        leases.stream()
                                .flatMap(
                                        lease ->
                                                lease.tasks().stream()
                                                        .map(it -> TestStore.page(it)))
                                .toList());
                store.queues.release(
                        worker, leases.stream().map(UpdatesInPlaceIT::release).toList());
                leases = store.queues.lease(worker, 64, 4);
            }
            store.requireTruth();
        }
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            await().until(() -> number(statement, OTHERS) == 0);
            return new InPlace(
                    number(statement, UPDATES.formatted("n_tup_upd", "host")),
                    part(statement, "host"),
                    number(statement, UPDATES.formatted("n_tup_upd", "job")),
                    part(statement, "job"));
        }
    }

    private static List<Candidate> urls(int job) {
        return IntStream.range(0, URLS_EACH)
                .mapToObj(i -> "h%d.example".formatted((job * 7 + i * 10) % HOSTS))
                .map(host -> TestStore.candidate("http://%s/%d".formatted(host, job), host, 0))
                .toList();
    }

    private static HostRelease release(HostLease lease) {
        return new HostRelease(lease.lease(), null, 0, null, null, Duration.ZERO, null);
    }

    private static double part(Statement statement, String table) throws SQLException {
        return (double) number(statement, UPDATES.formatted("n_tup_hot_upd", table))
                / number(statement, UPDATES.formatted("n_tup_upd", table));
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
