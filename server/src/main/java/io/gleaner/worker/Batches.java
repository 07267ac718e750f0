package io.gleaner.worker;

import io.gleaner.database.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores things in batches: while one transaction runs, the next batch gathers. Nothing waits for a
 * batch to fill.
 *
 * <p>The queue is bounded by whoever adds to it. When the database is away the same batch is tried
 * again until it is back, so storing must be harmless when repeated. May be run by several threads
 * at once.
 */
final class Batches<T> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private final String what;
    private final int batchMax;
    private final Consumer<List<T>> store;
    private final BlockingQueue<Entry<T>> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    private record Entry<T>(T item, Runnable afterCommit) {}

    /**
     * @param what is stored, for the log: "settling tasks"
     * @param store stores all of a list or none
     */
    Batches(String what, int batchMax, Consumer<List<T>> store) {
        this.what = what;
        this.batchMax = batchMax;
        this.store = store;
    }

    /** Queues an item; {@code afterCommit} runs once it is durable. */
    void add(T item, Runnable afterCommit) {
        queue.add(new Entry<>(item, afterCommit));
    }

    /** Stores until {@link #stop} is called, then what is left. */
    @Override
    public void run() {
        try {
            while (stop.getCount() > 0 || !queue.isEmpty()) {
                Entry<T> first = queue.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Entry<T>> batch = new ArrayList<>();
                    batch.add(first);
                    queue.drainTo(batch, batchMax - 1);
                    store(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stop.countDown();
    }

    private void store(List<Entry<T>> batch) throws InterruptedException {
        List<T> items = batch.stream().map(Entry::item).toList();
        while (true) {
            try {
                store.accept(items);
                batch.forEach(entry -> entry.afterCommit().run());
                return;
            } catch (DatabaseException e) {
                LOG.warn("{} ({}) failed, trying again: {}", what, batch.size(), e.getMessage());
                if (stop.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn(
                            "stopping in the midst of {}: {} stay as they are", what, batch.size());
                    return;
                }
            }
        }
    }
}
