package io.gleaner.worker;

import io.gleaner.store.HostQueues;
import io.gleaner.store.Lease;
import io.gleaner.store.LeasedTask;
import java.util.Collection;
import java.util.HashMap;
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
final class Refills {

    private static final int QUEUES_AT_ONCE = 64;

    private final Batches<Ask> asks;
    private final UUID worker;
    private final HostQueues queues;
    private final int tasksEach;
    private final WorkerMetrics metrics;

    private record Ask(
            Lease lease, Collection<Long> held, CompletableFuture<List<LeasedTask>> answer) {}

    /**
     * @param tasksEach tasks of one queue at most
     */
    Refills(UUID worker, HostQueues queues, int tasksEach, WorkerMetrics metrics) {
        this.worker = worker;
        this.queues = queues;
        this.tasksEach = tasksEach;
        this.metrics = metrics;
        this.asks =
                new Batches<>(
                        "asking for more tasks",
                        QUEUES_AT_ONCE,
                        this::answer,
                        (ask, refusal) -> ask.answer().completeExceptionally(refusal));
    }

    private void answer(List<Ask> batch) {
        Map<Lease, Collection<Long>> held =
                batch.stream().collect(Collectors.toMap(Ask::lease, Ask::held, (a, b) -> a));
        Map<Lease, List<LeasedTask>> found =
                new HashMap<>(metrics.refilling(() -> queues.more(worker, held, tasksEach)));
        for (Ask ask : batch) {
            List<LeasedTask> tasks = found.remove(ask.lease()); // No task to two.
            ask.answer().complete(tasks == null ? List.of() : tasks);
        }
    }

    /**
     * Waits for the answer, for as long as the database is away.
     *
     * @param lease one host run's own: it asks once at a time
     * @param held ids of the tasks of the queue that are in hand
     * @return empty when the queue has no more, or the lease is over
     */
    List<LeasedTask> of(Lease lease, Collection<Long> held) throws InterruptedException {
        var ask = new Ask(lease, held, new CompletableFuture<>());
        asks.add(ask, () -> {});
        try {
            return ask.answer().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a bug in asking for more tasks", e.getCause());
        }
    }

    boolean isEmpty() {
        return asks.isEmpty();
    }

    void round() throws InterruptedException {
        asks.round();
    }

    void stop() {
        asks.stop();
    }
}
