package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uploads in transactions of their own, beside everything else that touches the same queues. */
@Timeout(300)
class LargeUploadIT {

    private static final int UPLOADS = 4;
    private static final int URLS = 1_500;
    private static final int HOSTS = 40;
    private static final int WORKERS = 2;

    private final TestStore store = new TestStore();
    private volatile boolean over;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        over = true;
        threads.close();
        store.close();
    }

    @Test
    void uploadsAndSettlementsOfTheSameHostsNeverDeadlock() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        // In opposite orders of hosts, which is what deadlocks are made of.
        all.add(threads.submit(() -> upload(1, false)));
        all.add(threads.submit(() -> upload(2, true)));
        for (int i = 0; i < WORKERS; i++) {
            all.add(threads.submit(this::work));
        }
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(store.count("SELECT count(*) FROM page")).isEqualTo(2L * UPLOADS * URLS);
        assertThat(
                        store.count(
                                "SELECT deadlocks FROM pg_stat_database WHERE datname ="
                                        + " current_database()"))
                .isZero();
        store.requireTruth();
    }

    private void upload(int uploader, boolean reversed) {
        for (int n = 0; n < UPLOADS; n++) {
            String path = "/%d/%d/".formatted(uploader, n);
            List<Candidate> urls =
                    new ArrayList<>(
                            IntStream.range(0, URLS).mapToObj(i -> candidate(path, i)).toList());
            if (reversed) {
                Collections.reverse(urls);
            }
            store.submit(urls);
        }
    }

    private static Candidate candidate(String path, int i) {
        String host = "h%02d.example".formatted(i % HOSTS);
        return TestStore.candidate("http://" + host + path + i, host, 0);
    }

    /** Leases, settles and hands back until everything is done. */
    private void work() {
        UUID worker = UUID.randomUUID();
        while (!over && store.count("SELECT count(*) FROM page") < 2L * UPLOADS * URLS) {
            List<HostLease> leases = store.queues.lease(worker, 10, 20);
            List<Verdict> verdicts = new ArrayList<>();
            for (HostLease lease : leases) {
                lease.tasks().forEach(task -> verdicts.add(TestStore.page(task)));
            }
            Collections.shuffle(verdicts);
            store.settlement.settle(verdicts);
            store.queues.release(worker, leases.stream().map(LargeUploadIT::release).toList());
        }
    }

    private static HostRelease release(HostLease lease) {
        return new HostRelease(lease.lease(), null, 0, null, null, Duration.ZERO, null);
    }
}
