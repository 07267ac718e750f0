package io.gleaner.worker;

import io.gleaner.cache.Signals;
import io.gleaner.database.DatabaseException;
import io.gleaner.store.Settled;
import io.gleaner.store.Settlement;
import io.gleaner.store.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles verdicts in batches: while one transaction runs, the next batch gathers. Nothing waits
 * for a batch to fill.
 *
 * <p>The queue is bounded by the tasks in hand. When the database is away the same batch is tried
 * again until it is back: the fence makes a repetition harmless.
 */
final class Settler implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    private static final int BATCH_MAX = 256;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private final Settlement settlement;
    private final Signals signals;
    private final WorkerMetrics metrics;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    private record Entry(Verdict verdict, Runnable afterCommit) {}

    Settler(Settlement settlement, Signals signals, WorkerMetrics metrics) {
        this.settlement = settlement;
        this.signals = signals;
        this.metrics = metrics;
    }

    /** Queues a verdict; {@code afterCommit} runs once it is durable. */
    void add(Verdict verdict, Runnable afterCommit) {
        queue.add(new Entry(verdict, afterCommit));
    }

    /** Settles until {@link #stop} is called, then what is left. */
    @Override
    public void run() {
        try {
            while (stop.getCount() > 0 || !queue.isEmpty()) {
                Entry first = queue.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Entry> batch = new ArrayList<>(BATCH_MAX);
                    batch.add(first);
                    queue.drainTo(batch, BATCH_MAX - 1);
                    settle(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stop.countDown();
    }

    private void settle(List<Entry> batch) throws InterruptedException {
        List<Verdict> verdicts = batch.stream().map(Entry::verdict).toList();
        while (true) {
            try {
                publish(metrics.settling(() -> settlement.settle(verdicts)));
                metrics.settled(verdicts);
                batch.forEach(entry -> entry.afterCommit().run());
                return;
            } catch (DatabaseException e) {
                LOG.warn(
                        "settling {} tasks failed, trying again: {}", batch.size(), e.getMessage());
                if (stop.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn(
                            "stopping with {} tasks unsettled: they stay in their queues",
                            batch.size());
                    return;
                }
            }
        }
    }

    private void publish(Settled settled) {
        settled.changed().forEach(signals::jobChanged);
        if (settled.tasksAdded() > 0) {
            signals.workAdded();
        }
    }
}
