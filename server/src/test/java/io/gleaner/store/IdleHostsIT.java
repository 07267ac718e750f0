package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.job.Candidate;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that nobody has needed for long go; all that still means something stays. */
@Timeout(60)
class IdleHostsIT {

    private static final int MANY = 1_500;

    private final TestStore store = new TestStore();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aHostThatNobodyHasNeededForAMonthIsRemoved() {
        idle("old.example");
        assertThat(store.sweep.idleHosts()).isEqualTo(1);
        assertThat(hosts()).isZero();

        store.submit("old.example", 1); // as if it had never been there
        store.requireTruth();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "touched_at = now() - interval '29 days'",
                "lease_owner = gen_random_uuid()",
                "backlog = 1, ready_at = now()",
                "not_before = now() + interval '1 hour', failures = 3, failing_since = now()",
            })
    void aHostThatStillMeansSomethingStays(String what) {
        idle("needed.example");
        store.execute("UPDATE host SET " + what);
        assertThat(store.sweep.idleHosts()).isZero();
        assertThat(hosts()).isEqualTo(1);
    }

    @Test
    void allAreLookedAtHoweverTheyAreSpreadOverTheSlices() {
        IntStream.range(0, 25).forEach(n -> idle("h%d.example".formatted(n)));
        store.submit("busy.example", 1);
        assertThat(new IdleHosts(store.database.maintenance(), 4).remove()).isEqualTo(25);
        assertThat(hosts()).isEqualTo(1);
    }

    @Test
    void aHostThatIsUsedAgainCountsFromThen() {
        idle("again.example");
        store.submit("again.example", 1);
        settleAll();
        assertThat(store.sweep.idleHosts()).isZero();
        assertThat(hosts()).isEqualTo(1);
    }

    @Test
    void aHostThatASubmissionIsJustUsingIsSteppedOver() {
        idle("used.example");
        try (Handle submission = store.open()) {
            submission.begin();
            submission.execute("UPDATE host SET backlog = backlog + 1, ready_at = now()");
            assertThat(store.sweep.idleHosts()).isZero();
            submission.rollback();
        }
        assertThat(store.sweep.idleHosts()).isEqualTo(1);
    }

    @Test
    void aSubmissionThatWaitsForARemovalMakesTheHostAnew() throws Exception {
        idle("gone.example");
        try (Handle removal = store.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            removal.begin();
            removal.execute("DELETE FROM host");
            Future<?> submission = threads.submit(() -> store.submit("gone.example", 2));
            await().until(
                            () ->
                                    store.count(
                                                    "SELECT count(*) FROM pg_stat_activity WHERE"
                                                        + " wait_event_type = 'Lock' AND datname ="
                                                        + " current_database()")
                                            == 1);
            removal.commit();
            submission.get();
        }
        assertThat(hosts()).isEqualTo(1);
        store.requireTruth();
    }

    /** Its hosts are made first, and learn of their tasks at the end. */
    @Test
    void theHostsOfALargeUploadAreNotRemovedUnderIt() {
        idle("upload.example");
        var seeds =
                new ReadTwice(
                        MANY,
                        new AtomicInteger(),
                        () -> assertThat(store.sweep.idleHosts()).isZero());
        store.submissions.submit(TestStore.spec(5), seeds, null);
        assertThat(seeds.readings()).hasValue(2);
        assertThat(store.count("SELECT count(*) FROM task")).isEqualTo(MANY);
        assertThat(hosts()).isEqualTo(1);
        store.requireTruth();
    }

    private void idle(String host) {
        store.submit(host, 1);
        settleAll();
        store.execute(
                "UPDATE host SET touched_at = now() - interval '31 days' WHERE name = '%s'"
                        .formatted(host));
    }

    private void settleAll() {
        UUID worker = UUID.randomUUID();
        for (HostLease lease : store.queues.lease(worker, 10, 10)) {
            store.settlement.settle(
                    lease.tasks().stream().map(task -> TestStore.page(task)).toList());
            store.queues.release(
                    worker,
                    List.of(
                            new HostRelease(
                                    lease.lease(), null, 0, null, null, Duration.ZERO, null)));
        }
    }

    private long hosts() {
        return store.count("SELECT count(*) FROM host");
    }

    /** Seeds of one host; something happens at the second reading, which is the upload. */
    private record ReadTwice(int count, AtomicInteger readings, Runnable meanwhile)
            implements SeedSource {
        @Override
        public Iterator<Candidate> iterator() {
            if (readings.incrementAndGet() == 2) {
                meanwhile.run();
            }
            return IntStream.range(0, count)
                    .mapToObj(
                            i ->
                                    TestStore.candidate(
                                            "http://upload.example/" + i, "upload.example", 0))
                    .iterator();
        }
    }
}
