package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Candidate;
import io.gleaner.job.Job;
import io.gleaner.job.JobState;
import io.gleaner.seal.Sealer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Partitions by day: made ahead, dropped when no longer kept, and never under a job that lives. */
class DaysIT {

    private static final Period KEPT = Period.ofDays(30);

    private final TestStore store = new TestStore();
    private final Instant today = Instant.now();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theDaysAheadAreMadeOnceWhoeverPreparesThem() {
        long made = partitions("page");
        assertThat(made).isEqualTo(8);
        assertThat(partitions("seen")).isEqualTo(made);
        assertThat(partitions("attachment")).isEqualTo(made);
        daysAt(0).prepare();
        assertThat(partitions("page")).isEqualTo(made);
        daysAt(3).prepare();
        assertThat(partitions("page")).isEqualTo(made + 3);
    }

    @Test
    void anEndedJobGoesWithItsDayAndItsKeyOnceItIsNoLongerKept() {
        Job job = ended(submit(0));
        store.execute("INSERT INTO idempotency VALUES ('k', 'h', '%s')".formatted(job.id()));
        store.execute(
                "INSERT INTO attachment VALUES ('%s', 1, 'pdf', 'application/pdf', '\\x01')"
                        .formatted(job.id()));
        assertThat(daysAt(30).forget(KEPT)).isZero();
        assertThat(store.jobs.find(job.id())).isPresent();
        assertThat(store.pages.attachment(job.id(), 1, "pdf")).isPresent();

        // The job, and one partition of each table.
        assertThat(daysAt(31).forget(KEPT)).isEqualTo(7);
        assertThat(store.jobs.find(job.id())).isEmpty();
        assertThat(store.count("SELECT count(*) FROM page")).isZero();
        assertThat(store.count("SELECT count(*) FROM idempotency")).isZero();
        assertThat(store.pages.attachment(job.id(), 1, "pdf")).isEmpty();
        assertThat(partitions("page")).isEqualTo(7);
        assertThat(daysAt(31).forget(KEPT)).isZero();
    }

    @Test
    void nothingOfALiveJobIsLostHoweverOldItIs() {
        Job old = submit(0);
        settleOne();
        Job ended = ended(submit(1));
        store.sweep.cancelled();
        assertThat(daysAt(40).forget(KEPT)).isEqualTo(1);
        assertThat(store.jobs.find(ended.id())).isEmpty();
        assertThat(store.jobs.find(old.id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
        assertThat(store.pages.read(old.id(), 0, 10, PageFilter.ALL)).hasSize(1);
        settleOne();
        assertThat(store.pages.read(old.id(), 0, 10, PageFilter.ALL)).hasSize(2);

        store.jobs.cancel(old.id());
        assertThat(daysAt(40).forget(KEPT)).isGreaterThan(1);
        assertThat(store.jobs.find(old.id())).isEmpty();
        assertThat(store.count("SELECT count(*) FROM page")).isZero();
    }

    @Test
    void moreJobsThanABatchAreAllForgotten() {
        String day = JobIds.from(today).toString().substring(0, 13);
        store.execute(
                """
                INSERT INTO job (id, state, spec, priority, page_limit, total, pending, next_rank)
                SELECT ('%s-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'COMPLETED', '{}', 5, 1, 1, 0, 1
                FROM generate_series(1, 2500) n
                """
                        .formatted(day));
        assertThat(daysAt(31).forget(KEPT)).isEqualTo(2_500 + 6);
        assertThat(store.count("SELECT count(*) FROM job")).isZero();
    }

    private Days daysAt(int day) {
        Instant then = today.plus(Duration.ofDays(day));
        return new Days(store.database.maintenance(), InstantSource.fixed(then));
    }

    /** A job of three pages of a host of its own, submitted that many days from now. */
    private Job submit(int day) {
        var clock = InstantSource.fixed(today.plus(Duration.ofDays(day)));
        String host = "h%d.example".formatted(day);
        List<Candidate> urls =
                IntStream.range(0, 3)
                        .mapToObj(i -> "http://%s/%d".formatted(host, i))
                        .map(url -> TestStore.candidate(url, host, 0))
                        .toList();
        try (var submissions =
                new Submissions(
                        store.database.requests(),
                        store.backlog,
                        SubmitConfig.standard(),
                        Sealer.none(),
                        clock)) {
            return TestStore.accepted(
                    submissions.submit(TestStore.spec(5), SeedSource.of(urls), null));
        }
    }

    private Job ended(Job job) {
        return store.jobs.cancel(job.id()).orElseThrow();
    }

    private void settleOne() {
        UUID worker = UUID.randomUUID();
        HostLease lease = store.queues.lease(worker, 1, 1).getFirst();
        store.settlement.settle(List.of(TestStore.page(lease.tasks().getFirst())));
        store.queues.release(
                worker,
                List.of(new HostRelease(lease.lease(), null, 0, null, null, Duration.ZERO, null)));
    }

    private long partitions(String table) {
        return store.count(
                "SELECT count(*) FROM pg_inherits WHERE inhparent = '%s'::regclass"
                        .formatted(table));
    }
}
