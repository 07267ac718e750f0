package io.gleaner.worker;

import io.gleaner.store.HostQueues;
import io.gleaner.store.LeasedTask;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
                        batch -> answer(batch, queues.more(worker, held(batch), tasksEach)));
    }

    // One run serves a queue, and it waits for its answer: no queue is in a batch twice.
    private static Map<Long, Collection<Long>> held(List<Ask> batch) {
        return batch.stream().collect(Collectors.toMap(Ask::host, Ask::held));
    }

    private static void answer(List<Ask> batch, Map<Long, List<LeasedTask>> found) {
        for (Ask ask : batch) {
            ask.answer().complete(found.getOrDefault(ask.host(), List.of()));
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
            throw new IllegalStateException("an ask is never answered by an exception", e);
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
