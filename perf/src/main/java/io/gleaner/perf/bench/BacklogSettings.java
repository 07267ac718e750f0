package io.gleaner.perf.bench;

import java.time.Duration;
import java.util.List;

/**
 * How {@code bench backlog} runs.
 *
 * @param sizes queued tasks, the smallest first
 * @param hosts that the tasks are on
 * @param jobs that the tasks belong to
 * @param rounds in which the sizes take turns
 * @param work of each turn; it keeps the backlog as long as it is
 * @param churn time of a run at {@code churnSize} with a transaction pinned; zero for none
 * @param churnSize one of the sizes
 * @param pin how long that transaction stays open from the beginning
 */
public record BacklogSettings(
        List<Long> sizes,
        int hosts,
        int jobs,
        int rounds,
        QueueWork work,
        Duration churn,
        long churnSize,
        Duration pin) {

    public BacklogSettings {
        sizes = sizes.stream().sorted().toList();
        if (!churn.isZero() && !sizes.contains(churnSize)) {
            throw new IllegalArgumentException(
                    "the size to churn must be one of %s: %d".formatted(sizes, churnSize));
        }
    }
}
