package io.gleaner.perf.chaos;

import io.gleaner.perf.bench.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads the service's metrics four times a second, as whoever operates it would. */
final class PoolWatch implements AutoCloseable {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Connections of one pool. */
    record Pool(int active, int idle, int pending) {
        String text() {
            return "%d / %d / %d".formatted(active, idle, pending);
        }
    }

    /**
     * What the metrics said.
     *
     * @param at by {@link System#nanoTime}
     * @param timeouts waits for a connection that were in vain so far, over all pools
     * @param away whether the service knows that the database is away
     * @param refused uses refused at once for that so far
     * @param inFlight fetches
     * @param hostsInHand queues
     */
    record Sample(
            long at,
            Pool requests,
            Pool work,
            long timeouts,
            boolean away,
            long refused,
            int inFlight,
            int hostsInHand) {}

    private final Api api;
    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    private PoolWatch(Api api) {
        this.api = api;
        this.thread = Thread.ofVirtual().name("pool-watch").start(this::watch);
    }

    static PoolWatch over(Api api) {
        return new PoolWatch(api);
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    private void watch() {
        while (!closed) {
            try {
                samples.add(sample(api.metrics()));
            } catch (IOException e) {
                // A gap in the table says it.
                LockSupport.parkNanos(EVERY_NANOS);
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private static Sample sample(Map<String, Double> metrics) {
        long timeouts =
                metrics.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("hikaricp_connections_timeout_total"))
                        .mapToLong(e -> e.getValue().longValue())
                        .sum();
        return new Sample(
                System.nanoTime(),
                pool(metrics, "requests"),
                pool(metrics, "work"),
                timeouts,
                number(metrics, "gleaner_db_outage") == 1,
                number(metrics, "gleaner_db_refused_total"),
                (int) number(metrics, "gleaner_fetches_in_flight"),
                (int) number(metrics, "gleaner_hosts_in_hand"));
    }

    private static Pool pool(Map<String, Double> metrics, String name) {
        String labels = "{pool=\"" + name + "\"}";
        return new Pool(
                (int) number(metrics, "hikaricp_connections_active" + labels),
                (int) number(metrics, "hikaricp_connections_idle" + labels),
                (int) number(metrics, "hikaricp_connections_pending" + labels));
    }

    private static long number(Map<String, Double> metrics, String name) {
        return metrics.getOrDefault(name, Double.NaN).longValue();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
