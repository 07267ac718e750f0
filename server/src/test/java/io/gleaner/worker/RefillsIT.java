package io.gleaner.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.store.HostLease;
import io.gleaner.store.LeasedTask;
import io.gleaner.store.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefillsIT {

    private final UUID worker = UUID.randomUUID();
    private final TestStore store = new TestStore();
    private final Refills refills =
            new Refills(worker, store.queues, 2, new WorkerMetrics(store.metrics));
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        refills.stop();
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
        store.close();
    }

    @Test
    void thoseThatAskTogetherAreAnsweredInOneTransaction() throws Exception {
        store.submit("a.example", 5);
        store.submit("b.example", 5);
        HostLease a = store.queues.lease(worker, 1, 1).getFirst();
        HostLease b = store.queues.lease(worker, 1, 1).getFirst();
        FutureTask<List<LeasedTask>> ofA = ask(a);
        FutureTask<List<LeasedTask>> ofB = ask(b);

        begin(this::answer);

        assertThat(ofA.get(10, SECONDS))
                .extracting(it -> it.task().url())
                .containsExactly(url(a, 1), url(a, 2));
        assertThat(ofB.get(10, SECONDS))
                .extracting(it -> it.task().url())
                .containsExactly(url(b, 1), url(b, 2));
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void ofTwoRunsOfOneQueueThatAskTogetherOnlyTheOneWhoseLeaseHoldsGetsTasks() throws Exception {
        store.submit("a.example", 5);
        HostLease lost = store.queues.lease(worker, 1, 1).getFirst();
        store.workers.rescue(Duration.ZERO);
        HostLease lease = store.queues.lease(worker, 1, 1).getFirst();
        FutureTask<List<LeasedTask>> one = ask(lost);
        FutureTask<List<LeasedTask>> other = ask(lease);

        begin(this::answer);

        assertThat(one.get(10, SECONDS)).isEmpty();
        assertThat(other.get(10, SECONDS))
                .extracting(it -> it.task().url())
                .containsExactly(url(lease, 2), url(lease, 3));
        assertThat(asked()).isEqualTo(1);
    }

    /** Asks, and waits for its answer by the time that this returns. */
    private FutureTask<List<LeasedTask>> ask(HostLease lease) {
        List<Long> held = lease.tasks().stream().map(it -> it.task().id()).toList();
        Callable<List<LeasedTask>> ask = () -> refills.of(lease.lease(), held);
        var asked = new FutureTask<>(ask);
        Thread thread = begin(asked);
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return asked;
    }

    private void answer() {
        try {
            refills.round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread begin(Runnable work) {
        Thread thread = Thread.ofVirtual().start(work);
        threads.add(thread);
        return thread;
    }

    private static String url(HostLease lease, int n) {
        return "http://%s/%d".formatted(lease.host(), n);
    }

    private long asked() {
        return store.metrics
                .get("gleaner.db.statement")
                .tag("statement", "lease-more")
                .timer()
                .count();
    }
}
