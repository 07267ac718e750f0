package io.gleaner.store;

import static io.gleaner.store.TestStore.candidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Host rows change while a statement waits for them: it must still reach every one. */
class HostLockIT {

    private static final int HOSTS = 5;

    private final TestStore store = new TestStore();
    private final UUID worker = UUID.randomUUID();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.close();
        store.close();
    }

    @Test
    void everyQueueIsReleasedThoughTasksAreAddedMeanwhile() throws Exception {
        List<HostLease> leases = leaseAll();
        whileHostsChange(
                () -> store.queues.release(worker, leases.stream().map(this::released).toList()));
        assertThat(leased()).isZero();
        store.requireTruth();
    }

    @Test
    void everyQueueOfADeadWorkerIsFreedThoughTasksAreAddedMeanwhile() throws Exception {
        leaseAll();
        store.count(
                "WITH gone AS (UPDATE host SET in_hand = '{}' RETURNING 1) SELECT count(*) FROM"
                        + " gone");
        whileHostsChange(() -> store.workers.rescue(Duration.ZERO));
        assertThat(leased()).isZero();
        store.requireTruth();
    }

    @Test
    void everyQueueLearnsOfALargeUploadThoughItChangesMeanwhile() throws Exception {
        submitToAll();
        List<Candidate> many =
                IntStream.range(0, 6_000)
                        .mapToObj(
                                n ->
                                        candidate(
                                                "http://" + host(n % HOSTS) + "/more/" + n,
                                                host(n % HOSTS),
                                                0))
                        .toList();
        whileHostsChange(() -> store.submit(many));
        assertThat(store.count("SELECT sum(backlog) FROM host")).isEqualTo(HOSTS + 6_000);
        store.requireTruth();
    }

    /**
     * Runs {@code work} against host rows that another transaction has changed and not committed.
     */
    private void whileHostsChange(Runnable work) throws Exception {
        try (Handle other = store.open()) {
            other.begin();
            other.execute("UPDATE host SET failures = failures + 1");
            Future<?> done = threads.submit(work);
            awaitSomeoneWaits();
            other.commit();
            done.get();
        }
    }

    private void awaitSomeoneWaits() {
        while (store.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock'")
                == 0) {
            Thread.onSpinWait();
        }
    }

    private List<HostLease> leaseAll() {
        submitToAll();
        List<HostLease> leases = store.queues.lease(worker, HOSTS, 1);
        assertThat(leases).hasSize(HOSTS);
        return leases;
    }

    private void submitToAll() {
        store.submit(
                IntStream.range(0, HOSTS)
                        .mapToObj(n -> candidate("http://" + host(n) + "/", host(n), 0))
                        .toList());
    }

    private static String host(int n) {
        return "h" + n + ".example";
    }

    private HostRelease released(HostLease lease) {
        return new HostRelease(lease.lease(), null, 0, null, null, Duration.ZERO, null);
    }

    private long leased() {
        return store.count("SELECT count(*) FROM host WHERE lease_owner IS NOT NULL");
    }
}
