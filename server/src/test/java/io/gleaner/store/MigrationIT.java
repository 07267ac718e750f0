package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Job;
import io.gleaner.job.JobState;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What an older Gleaner stored is there after the schema was brought up to date. */
class MigrationIT {

    // pgjdbc prepares a statement on the server when it comes the fifth time.
    private static final int PREPARED_AFTER = 6;
    private static final UUID ENDED = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final UUID RUNNING = UUID.fromString("01900000-0000-7000-8000-000000000002");

    private final TestDatabase.Access access = TestDatabase.shared().fresh();

    @Test
    void whatTheFirstVersionStoredIsReadAndGoesOn() throws SQLException {
        migrateTo("1");
        fillFirstVersion();
        try (var store = new TestStore(SubmitConfig.standard(), access)) {
            store.requireTruth();
            Job ended = store.jobs.find(ENDED).orElseThrow();
            assertThat(ended.state()).isEqualTo(JobState.COMPLETED);
            assertThat(ended.spec()).isEqualTo(TestStore.spec(5));
            List<StoredPage> pages = store.pages.read(ENDED, 0, 10, PageFilter.ALL);
            assertThat(pages)
                    .extracting(page -> page.page().url())
                    .containsExactly("http://a.example/0", "http://a.example/1");
            assertThat(((Page.Content) pages.getFirst().page()).content().markdown())
                    .isEqualTo("# kept");
            assertThat(store.pages.read(ENDED, 0, 10, PageFilter.FAULTS))
                    .extracting(StoredPage::seq)
                    .containsExactly(2L);

            HostLease lease = store.queues.lease(UUID.randomUUID(), 10, 10).getFirst();
            assertThat(lease.host()).isEqualTo("a.example");
            Verdict verdict =
                    TestStore.page(
                            lease.tasks().getFirst(),
                            TestStore.candidate("http://a.example/met", "a.example", 1),
                            TestStore.candidate("http://a.example/new", "a.example", 1));
            store.settlement.settle(List.of(verdict));
            // The crawl had met one of the two links.
            assertThat(store.jobs.find(RUNNING).orElseThrow().total()).isEqualTo(2);
            store.requireTruth();
        }
    }

    @Test
    void aDatabaseThatIsUpToDateIsLeftAlone() {
        try (var first = new TestStore(SubmitConfig.standard(), access)) {
            Job job = first.submit("a.example", 3);
            try (var second = new TestStore(SubmitConfig.standard(), access)) {
                assertThat(second.job(job)).isEqualTo(job);
            }
            assertThat(first.count("SELECT count(*) FROM flyway_schema_history WHERE success"))
                    .isEqualTo(26);
        }
    }

    @Test
    void aServerStartsAndWorksOnTheSchemaOfANewerRelease() throws SQLException {
        try (var running = new TestStore(SubmitConfig.standard(), access);
                Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            for (int n = 0; n < PREPARED_AFTER; n++) {
                work(running);
            }
            statement.execute(
                    """
                    ALTER TABLE job ADD COLUMN planted bigint NOT NULL DEFAULT 0;
                    ALTER TABLE host ADD COLUMN planted text;
                    ALTER TABLE task ADD COLUMN planted smallint NOT NULL DEFAULT 0;
                    ALTER TABLE page ADD COLUMN planted text;
                    INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
                        checksum, installed_by, execution_time, success)
                    SELECT max(installed_rank) + 1, '999', 'planted', 'SQL', 'V999__planted.sql', 1, 'me', 1, true
                    FROM flyway_schema_history
                    """);
            assertThat(work(running)).isEqualTo(JobState.COMPLETED);
            try (var started = new TestStore(SubmitConfig.standard(), access)) {
                assertThat(work(started)).isEqualTo(JobState.COMPLETED);
            }
        }
    }

    /** A job from its submission to its end. */
    private static JobState work(TestStore store) {
        UUID worker = UUID.randomUUID();
        Job job = store.submit("a.example", 1);
        HostLease lease = store.queues.lease(worker, 10, 10).getFirst();
        store.queues.more(worker, Map.of(lease.lease(), List.of()), 10);
        store.settlement.settle(List.of(TestStore.page(lease.tasks().getFirst())));
        store.queues.release(
                worker,
                List.of(new HostRelease(lease.lease(), null, 0, null, null, Duration.ZERO, null)));
        return store.job(job).state();
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(access.url(), access.user(), access.password())
                .target(version)
                .load()
                .migrate();
    }

    private void fillFirstVersion() throws SQLException {
        var content = new PageContent("# kept", null, null, null, null, null, null, Map.of(), null);
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            String spec = Json.write(TestStore.spec(5));
            statement.execute(
                    """
                    INSERT INTO job (id, state, spec, priority, page_limit, total, pending, done, failed, next_rank, finished_at)
                    VALUES ('%s', 'COMPLETED', '%s', 5, 2, 2, 0, 2, 1, 2, now()),
                           ('%s', 'RUNNING', '%s', 5, 100, 1, 1, 0, 0, 1, NULL)
                    """
                            .formatted(ENDED, spec, RUNNING, spec));
            statement.execute(
                    """
                    INSERT INTO host (name, ready_at, backlog) VALUES ('a.example', now(), 1);
                    INSERT INTO task (host_id, job_id, priority, rank, url, depth, attempt, rescues)
                    SELECT id, '%s', 5, 0, 'http://a.example/', 0, 1, 0 FROM host;
                    INSERT INTO seen (job_id, key) VALUES ('%s', '%s')
                    """
                            .formatted(
                                    RUNNING,
                                    RUNNING,
                                    TestStore.candidate("http://a.example/met", "a.example", 1)
                                            .key()));
            statement.execute(
                    """
                    INSERT INTO page (job_id, seq, url, fault, status, fetched_at, meta, content)
                    VALUES ('%s', 1, 'http://a.example/0', NULL, 200, now(), '{"depth": 0}', '\\x%s'),
                           ('%s', 2, 'http://a.example/1', 'TIMEOUT', NULL, now(), '{"depth": 0}', NULL)
                    """
                            .formatted(
                                    ENDED,
                                    HexFormat.of().formatHex(Json.compress(content)),
                                    ENDED));
        }
    }
}
