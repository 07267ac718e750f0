package io.gleaner.perf.bench;

import io.gleaner.perf.load.Latency;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What the lanes of a worker have measured since the warm-up. For many threads. */
final class QueueTimes {

    private final Histogram lease = Latency.histogram();
    private final Histogram settle = Latency.histogram();
    private final Histogram release = Latency.histogram();
    private final Histogram count = Latency.histogram();
    private final Histogram windowLease = Latency.histogram();
    private final Histogram windowSettle = Latency.histogram();
    private final List<QueueResult.Window> windows = new ArrayList<>();
    private long begin = System.nanoTime();
    private long lastSettled = begin;
    private long leases;
    private long leasedTasks;
    private long settled;
    private long windowSettled;

    synchronized void leased(long nanos, int tasks) {
        Latency.record(lease, nanos);
        Latency.record(windowLease, nanos);
        leases++;
        leasedTasks += tasks;
    }

    synchronized void settled(long nanos, int tasks) {
        Latency.record(settle, nanos);
        Latency.record(windowSettle, nanos);
        settled += tasks;
        windowSettled += tasks;
        lastSettled = System.nanoTime();
    }

    synchronized void released(long nanos) {
        Latency.record(release, nanos);
    }

    synchronized void counted(long nanos) {
        Latency.record(count, nanos);
    }

    /** Forgets the warm-up. */
    synchronized void restart() {
        List.of(lease, settle, release, count, windowLease, windowSettle).forEach(Histogram::reset);
        leases = 0;
        leasedTasks = 0;
        settled = 0;
        windowSettled = 0;
        begin = System.nanoTime();
        lastSettled = begin;
    }

    synchronized void endWindow() {
        windows.add(
                new QueueResult.Window(
                        (System.nanoTime() - begin) / 1e9,
                        windowSettled,
                        Latency.of(windowLease),
                        Latency.of(windowSettle)));
        windowLease.reset();
        windowSettle.reset();
        windowSettled = 0;
    }

    synchronized QueueResult result(double cpuSeconds) {
        return new QueueResult(
                Math.max(1e-9, (lastSettled - begin) / 1e9),
                settled,
                leases == 0 ? 0 : leasedTasks / (double) leases,
                Latency.of(lease),
                Latency.of(settle),
                Latency.of(release),
                Latency.of(count),
                cpuSeconds,
                windows);
    }
}
