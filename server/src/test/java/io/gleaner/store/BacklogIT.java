package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class BacklogIT {

    @Test
    void aQueueThatIsDueIsOverdueAndOneThatMustWaitIsNot() {
        try (var store = new TestStore()) {
            assertThat(count(store).overdueSeconds()).isZero();

            store.submit("due.example", 3);
            store.submit("polite.example", 2);
            readyAt(store, "polite.example", "now() + interval '1 hour'");
            readyAt(store, "due.example", "now() - interval '10 minutes'");

            Backlog.Count count = count(store);
            assertThat(count.tasks()).isEqualTo(5);
            assertThat(count.hostsWaiting()).isEqualTo(1);
            assertThat(count.overdueSeconds()).isBetween(600.0, 660.0);

            readyAt(store, "due.example", "now() + interval '1 hour'");
            assertThat(count(store).overdueSeconds()).isZero();
            assertThat(count(store).hostsWaiting()).isEqualTo(2);
        }
    }

    @Test
    void hostsThatWaitAreCountedUpToALimit() {
        try (var store = new TestStore()) {
            store.execute(
                    """
                    INSERT INTO host (name, backlog, ready_at)
                    SELECT 'h' || n, 1, now() + interval '1 hour' FROM generate_series(1, 1007) n
                    """);
            assertThat(count(store).hostsWaiting()).isEqualTo(Backlog.HOSTS_WAITING_MAX);
            store.execute("DELETE FROM host WHERE id > 999");
            assertThat(count(store).hostsWaiting()).isEqualTo(999);
        }
    }

    /** Thousands of changes come to a few rows, and no count is off meanwhile. */
    @Test
    @Timeout(120)
    void theCountIsThatOfTheRowsWhileOthersWriteAndFoldAndFail() throws Exception {
        try (var store = new TestStore();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new AtomicBoolean(true);
            List<Future<?>> all = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int n = writer;
                all.add(threads.submit(() -> write(store, n)));
            }
            for (int reader = 0; reader < 2; reader++) {
                all.add(
                        threads.submit(
                                () -> {
                                    try (Handle handle = store.open()) {
                                        while (writing.get()) {
                                            count(store);
                                            assertThat(
                                                            handle.createQuery(ERROR)
                                                                    .mapTo(Long.class)
                                                                    .one())
                                                    .isZero();
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<?> writer : all.subList(0, 4)) {
                writer.get();
            }
            writing.set(false);
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(count(store).tasks()).isEqualTo(store.count("SELECT count(*) FROM task"));
            assertThat(store.count("SELECT count(*) FROM backlog_change")).isLessThan(1_100);
            store.requireTruth();
        }
    }

    private static final String ERROR =
            "SELECT (SELECT coalesce(sum(tasks), 0)::bigint FROM backlog_change)"
                    + " - (SELECT count(*) FROM task)";

    /** By rows alone, as any process may, whatever its release; every third try is undone. */
    private static void write(TestStore store, int writer) {
        try (Handle handle = store.open()) {
            for (int n = 0; n < 30; n++) {
                handle.begin();
                for (int k = 0; k < 20; k++) {
                    handle.execute(
                            """
                            INSERT INTO task (host_id, job_id, priority, rank, url, depth, attempt, rescues)
                            SELECT ?, gen_random_uuid(), 5, k, 'http://a.example/', 0, 1, 0
                            FROM generate_series(1, ?) k
                            """,
                            1_000 + writer,
                            1 + n % 3);
                }
                handle.execute(
                        "DELETE FROM task WHERE host_id = ? AND rank > 1 AND random() < 0.5",
                        1_000 + writer);
                if (n % 3 == 0) {
                    handle.rollback();
                } else {
                    handle.commit();
                }
            }
            handle.execute("DELETE FROM task WHERE host_id = ?", 1_000 + writer);
        }
    }

    /** One that has not counted yet: a count stands for a second. */
    private static Backlog.Count count(TestStore store) {
        var backlog = new Backlog(store.database.requests(), 1_000, InstantSource.system());
        backlog.tasks();
        return backlog.lately();
    }

    private static void readyAt(TestStore store, String host, String time) {
        store.execute("UPDATE host SET ready_at = %s WHERE name = '%s'".formatted(time, host));
    }
}
