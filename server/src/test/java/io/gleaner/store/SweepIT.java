package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Candidate;
import io.gleaner.job.Job;
import io.gleaner.job.JobState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancelled job is visited until none of its tasks is left, and then never again. */
@Timeout(120)
class SweepIT {

    private static final String HOST = "a.example";
    private static final String READS =
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname ="
                    + " 'job'";

    private final TestStore store = new TestStore();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aRoundAfterTheSweepLooksAtNoCancelledJob() {
        for (int n = 0; n < 10; n++) {
            store.jobs.cancel(store.submit("h%d.example".formatted(n), 3).id());
        }
        sweepAll();
        assertThat(store.count("SELECT count(*) FROM task")).isZero();
        assertThat(visits()).isZero();
    }

    @Test
    void aFiftyThousandJobsCancelledByAnOlderReleaseAreVisitedOnce() {
        Job template = store.submit(HOST, 1);
        store.execute(
                """
                INSERT INTO job (id, state, spec, priority, page_limit, total, pending, next_rank, finished_at)
                SELECT gen_random_uuid(), 'CANCELLED', spec, 5, 1, 1, 0, 1, now()
                FROM job, generate_series(1, 50000)
                WHERE id = '%s'
                """
                        .formatted(template.id()));
        sweepAll();
        assertThat(visits()).isZero();
        assertThat(store.job(template).state()).isEqualTo(JobState.RUNNING);
        store.requireTruth();
    }

    @Test
    void tasksThatAreLockedAtTheVisitAreMetAtTheNext() {
        Job job = store.submit(HOST, 3);
        store.jobs.cancel(job.id());
        try (Handle settling = store.open()) {
            settling.begin();
            settling.execute("DELETE FROM task WHERE id = (SELECT min(id) FROM task)");
            sweepAll();
            assertThat(store.count("SELECT count(*) FROM task")).isEqualTo(1);
            settling.rollback(); // its worker died
        }
        sweepAll();
        assertThat(store.count("SELECT count(*) FROM task")).isZero();
        assertThat(visits()).isZero();
        store.requireTruth();
    }

    @Test
    void linksThatAreSettledWhileTheirJobIsCancelledAreSweptToo() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < 10; n++) {
                sweepAll();
                String host = "h%d.example".formatted(n);
                Job job = store.crawl(host, 1_000);
                UUID worker = UUID.randomUUID();
                HostLease lease = store.queues.lease(worker, 1, 1).getFirst();
                Candidate[] links =
                        IntStream.range(0, 20)
                                .mapToObj(
                                        i ->
                                                TestStore.candidate(
                                                        "http://%s/%d".formatted(host, i), host, 1))
                                .toArray(Candidate[]::new);
                Verdict page = TestStore.page(lease.tasks().getFirst(), links);
                Future<?> settled = threads.submit(() -> store.settlement.settle(List.of(page)));
                Future<?> cancelled = threads.submit(() -> store.jobs.cancel(job.id()));
                Future<?> swept = threads.submit(this::sweepAll);
                settled.get();
                cancelled.get();
                swept.get();
                store.queues.release(
                        worker,
                        List.of(
                                new HostRelease(
                                        lease.lease(), null, 0, null, null, Duration.ZERO, null)));
            }
        }
        sweepAll();
        assertThat(store.count("SELECT count(*) FROM task")).isZero();
        assertThat(visits()).isZero();
        store.requireTruth();
    }

    private void sweepAll() {
        while (store.sweep.cancelled() > 0) {
            // a batch each time
        }
    }

    /** Rows of {@code job} that one more round reads. */
    private long visits() {
        try (Handle handle = store.open()) {
            return handle.inTransaction(
                    one -> {
                        Sweep.cancelled(one);
                        return one.createQuery(READS).mapTo(Long.class).one();
                    });
        }
    }
}
