package io.gleaner.worker;

import io.gleaner.database.DatabaseException;
import io.gleaner.store.HostQueues;
import io.gleaner.store.LeasedTask;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Gets more tasks of queues in hand, for all host runs that ask at about the same time in one
 * transaction: a run that asked by itself would wait for a connection behind hundreds of others.
 */
final class Refills implements Runnable {

    private static final int QUEUES_AT_ONCE = 64;

    private final Batches<Ask> asks;

    private record Ask(
            long host, Collection<Long> held, CompletableFuture<List<LeasedTask>> answer) {}

    /**
     * @param tasksEach tasks of one queue at most
     */
    Refills(UUID worker, HostQueues queues, int tasksEach) {
        this.asks =
                new Batches<>(
                        "asking for more tasks",
                        QUEUES_AT_ONCE,
                        batch -> answer(batch, worker, queues, tasksEach));
    }

    private static void answer(List<Ask> batch, UUID worker, HostQueues queues, int tasksEach) {
        try {
            answer(batch, new HashMap<>(queues.more(worker, held(batch), tasksEach)));
        } catch (DatabaseException e) {
            throw e; // It is tried again.
        } catch (RuntimeException e) {
            batch.forEach(ask -> ask.answer().completeExceptionally(e));
        }
    }

    // A queue may be here twice: rescued and leased anew while its first run waits for its last
    // tasks.
    private static Map<Long, Set<Long>> held(List<Ask> batch) {
        return batch.stream()
                .collect(
                        Collectors.groupingBy(
                                Ask::host,
                                Collectors.flatMapping(
                                        ask -> ask.held().stream(), Collectors.toSet())));
    }

    /** No task to two. */
    private static void answer(List<Ask> batch, Map<Long, List<LeasedTask>> found) {
        for (Ask ask : batch) {
            List<LeasedTask> tasks = found.remove(ask.host());
            ask.answer().complete(tasks == null ? List.of() : tasks);
        }
    }

    /**
     * Waits for the answer, for as long as the database is away.
     *
     * @param held ids of the tasks of the queue that are in hand
     * @return empty when the queue has no more, or is no longer this worker's
     */
    List<LeasedTask> of(long host, Collection<Long> held) throws InterruptedException {
        var ask = new Ask(host, held, new CompletableFuture<>());
        asks.add(ask, () -> {});
        try {
            return ask.answer().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a bug in asking for more tasks", e.getCause());
        }
    }

    @Override
    public void run() {
        asks.run();
    }

    void stop() {
        asks.stop();
    }
}
