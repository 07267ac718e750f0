package io.gleaner.worker;

import io.gleaner.database.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores things in batches: while one transaction runs, the next batch gathers. Nothing waits for a
 * batch to fill.
 *
 * <p>The queue is bounded by whoever adds to it. When the database is away the same batch is tried
 * again until it is back, so storing must be harmless when repeated. A batch that cannot be stored
 * for any other reason is halved until what cannot be stored stands alone; so one thing holds up no
 * other. May be run by several threads at once.
 */
final class Batches<T> {

    /** Tries of what stands alone: little memory, say, is no fault of its own. */
    private static final int LONE_TRIES_MAX = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private final String what;
    private final int batchMax;
    private final Consumer<List<T>> store;
    private final BiConsumer<T, Throwable> alone;
    private final BlockingQueue<Entry<T>> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    private record Entry<T>(T item, Runnable afterwards) {}

    /**
     * @param what is stored, for the log: "settling tasks"
     * @param store stores all of a list or none
     * @param alone what is done with an item that cannot be stored, and why it cannot; it is tried
     *     again while the database is away
     */
    Batches(String what, int batchMax, Consumer<List<T>> store, BiConsumer<T, Throwable> alone) {
        this.what = what;
        this.batchMax = batchMax;
        this.store = store;
        this.alone = alone;
    }

    /** Queues an item; {@code afterwards} runs once it is durable, or given up. */
    void add(T item, Runnable afterwards) {
        queue.add(new Entry<>(item, afterwards));
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Waits for a moment and stores what has come. */
    void round() throws InterruptedException {
        List<Entry<T>> batch = new ArrayList<>();
        Entry<T> first = queue.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch, batchMax - 1);
            store(batch);
        }
    }

    /** From now on nothing waits for a database that is away: what is left stays as it is. */
    void stop() {
        stop.countDown();
    }

    private void store(List<Entry<T>> batch) throws InterruptedException {
        List<T> items = batch.stream().map(Entry::item).toList();
        Throwable refusal = tryToStore(batch, () -> store.accept(items));
        if (refusal == null) {
            return;
        }
        if (batch.size() > 1) {
            LOG.warn(
                    "{} ({}) failed, trying by halves: {}", what, batch.size(), refusal.toString());
            int half = batch.size() / 2;
            store(batch.subList(0, half));
            store(batch.subList(half, batch.size()));
            return;
        }
        for (int tries = 1; refusal != null && tries < LONE_TRIES_MAX; tries++) {
            refusal = tryToStore(batch, () -> store.accept(items));
        }
        if (refusal != null) {
            giveUp(batch, refusal);
        }
    }

    private void giveUp(List<Entry<T>> lone, Throwable refusal) throws InterruptedException {
        T item = lone.getFirst().item();
        LOG.error("{} failed for one alone", what, refusal);
        Throwable again = tryToStore(lone, () -> alone.accept(item, refusal));
        if (again != null) {
            LOG.error("{}: nothing can be done about the one, it stays as it is", what, again);
            afterwards(lone);
        }
    }

    /**
     * Stores a batch, for as long as the database is away again and again.
     *
     * @return why it cannot be stored, or null when it has been, or when all is over
     */
    private @Nullable Throwable tryToStore(List<Entry<T>> batch, Runnable storing)
            throws InterruptedException {
        while (true) {
            try {
                storing.run();
                afterwards(batch);
                return null;
            } catch (DatabaseException e) {
                if (e.isRefusal()) {
                    return e;
                }
                e.warn(LOG, "%s (%d) failed, trying again".formatted(what, batch.size()));
                if (stop.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn(
                            "stopping in the midst of {}: {} stay as they are", what, batch.size());
                    return null;
                }
            } catch (Throwable t) { // Each of the batch has somebody who waits for it.
                return t;
            }
        }
    }

    private void afterwards(List<Entry<T>> batch) {
        for (Entry<T> entry : batch) {
            try {
                entry.afterwards().run();
            } catch (Throwable t) { // The others are waited for, too.
                LOG.error("a bug after {}", what, t);
            }
        }
    }
}
