package io.gleaner.perf.bench;

import io.gleaner.perf.load.Latency;
import java.util.List;

/**
 * What a worker that does not fetch came to.
 *
 * @param seconds that count
 * @param settled tasks with a stored page
 * @param leaseTasks mean tasks of a lease
 * @param count of the backlog, beside the rest
 * @param cpuSeconds of the worker's process
 * @param windows the course of the run
 */
public record QueueResult(
        double seconds,
        long settled,
        double leaseTasks,
        Latency lease,
        Latency settle,
        Latency release,
        Latency count,
        double cpuSeconds,
        List<Window> windows) {

    public QueueResult {
        windows = List.copyOf(windows);
    }

    /** A piece of the run that ended so many seconds after the warm-up. */
    public record Window(double endSeconds, long settled, Latency lease, Latency settle) {}

    double settledPerSecond() {
        return settled / seconds;
    }
}
