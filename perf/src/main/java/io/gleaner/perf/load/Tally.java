package io.gleaner.perf.load;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** Counts while a run goes on; for many threads. */
final class Tally {

    private static final long LATE_1_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LATE_10_MS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ConcurrentHistogram latency = new ConcurrentHistogram(Latency.NANOS_MAX, 3);
    private final ConcurrentHashMap<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final LongAdder sent = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder lateOver1Ms = new LongAdder();
    private final LongAdder lateOver10Ms = new LongAdder();
    private final Observer observer;

    Tally() {
        this(Observer.NONE);
    }

    Tally(Observer observer) {
        this.observer = observer;
    }

    void sent(long delayNanos) {
        sent.increment();
        if (delayNanos > LATE_1_MS) {
            lateOver1Ms.increment();
        }
        if (delayNanos > LATE_10_MS) {
            lateOver10Ms.increment();
        }
    }

    void answered(int status, boolean right, long nanos) {
        Latency.record(latency, nanos);
        statuses.computeIfAbsent(status, key -> new LongAdder()).increment();
        (right ? accepted : refused).increment();
        observer.ended(status, nanos);
    }

    void failed(long nanos) {
        Latency.record(latency, nanos);
        failed.increment();
        observer.ended(0, nanos);
    }

    void unanswered(long nanos) {
        Latency.record(latency, nanos);
        unanswered.increment();
        observer.ended(0, nanos);
    }

    void dropped(long nanos) {
        dropped.increment();
        observer.ended(0, nanos);
    }

    LoadResult result(double ratePerSecond, int connections, long nanos, double cpuSeconds) {
        SortedMap<Integer, Long> byStatus = new TreeMap<>();
        statuses.forEach((status, count) -> byStatus.put(status, count.sum()));
        return new LoadResult(
                ratePerSecond,
                connections,
                nanos / (double) TimeUnit.SECONDS.toNanos(1),
                sent.sum(),
                accepted.sum(),
                refused.sum(),
                failed.sum(),
                unanswered.sum(),
                dropped.sum(),
                lateOver1Ms.sum(),
                lateOver10Ms.sum(),
                byStatus,
                Latency.of(latency),
                cpuSeconds);
    }
}
