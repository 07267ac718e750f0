package io.gleaner.perf.shapes;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.process.MachineLoad;
import io.gleaner.perf.process.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Takes a {@link Sample} a second. A service that does not answer within a second is not reachable
 * in that sample, which is an observation and not a failure.
 */
final class Watch implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final double NANOS = 1e9;

    /**
     * Whose CPU and memory can be seen.
     *
     * @param service empty for a service that was not started here
     * @param postgres of its database
     * @param rest everybody else who is a part of the run
     */
    record Processes(
            Supplier<Optional<Usage>> service,
            Supplier<Optional<Usage>> postgres,
            Supplier<Usage> rest) {}

    private final Api api;
    private final Processes processes;
    private final Optional<DatabaseWatch> database;
    private final long begin;
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile Metrics last = Metrics.NONE;
    private volatile boolean closed;

    private Watch(Api api, Processes processes, Optional<DatabaseWatch> database, long beginNanos) {
        this.api = api;
        this.processes = processes;
        this.database = database;
        this.begin = beginNanos;
        this.thread = Thread.ofPlatform().daemon().name("watch").start(this::watch);
    }

    /**
     * @param beginNanos what counts as the beginning, in {@link System#nanoTime}
     */
    static Watch over(
            Api api, Processes processes, Optional<DatabaseWatch> database, long beginNanos) {
        return new Watch(api, processes, database, beginNanos);
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The newest that could be read. */
    Metrics metrics() {
        return last;
    }

    private record Look(
            long nanos,
            Metrics metrics,
            MachineLoad machine,
            Optional<Usage> service,
            Optional<Usage> postgres,
            Usage rest) {}

    private void watch() {
        try {
            Look before = look();
            while (!closed) {
                TimeUnit.SECONDS.sleep(1);
                Look now = look();
                samples.add(sample(before, now));
                before = now;
            }
        } catch (InterruptedException e) {
            // Closed.
            closed = true;
        }
    }

    private Look look() {
        Metrics metrics = Metrics.NONE;
        try {
            metrics = new Metrics(api.metrics(PATIENCE));
            last = metrics;
        } catch (IOException away) {
            // Not reachable, as the sample says.
            metrics = Metrics.NONE;
        }
        return new Look(
                System.nanoTime(),
                metrics,
                MachineLoad.now(),
                processes.service().get(),
                processes.postgres().get(),
                processes.rest().get());
    }

    private Sample sample(Look before, Look now) {
        double seconds = (now.nanos() - before.nanos()) / NANOS;
        Metrics m = now.metrics();
        boolean reachable =
                m.has("process_uptime_seconds") && before.metrics().has("process_uptime_seconds");
        double service = cores(before.service(), now.service(), seconds);
        double postgres = cores(before.postgres(), now.postgres(), seconds);
        // When one of them has ended, what it had used is missing from the sum.
        double rest = Math.max(0, now.rest().since(before.rest()).cpuSeconds() / seconds);
        double busy = now.machine().busySince(before.machine());
        double known = orZero(service) + orZero(postgres) + rest;
        return new Sample(
                (now.nanos() - begin) / NANOS,
                reachable,
                rate(before, now, "http_server_requests_seconds_count", seconds),
                rate(before, now, "gleaner_tasks_total", seconds),
                faults(before, now, seconds),
                reachable ? m.sum("gleaner_backlog") : Double.NaN,
                service,
                postgres,
                Double.isNaN(service)
                        ? Double.NaN
                        : Math.max(0, busy * Runtime.getRuntime().availableProcessors() - known),
                busy,
                reachable ? m.sum("process_resident_memory_bytes") : Double.NaN,
                reachable ? m.sum("jvm_memory_used_bytes", "area=\"heap\"") : Double.NaN,
                rate(before, now, "jvm_gc_pause_seconds_sum", seconds),
                reachable ? m.sum("hikaricp_connections_active") : Double.NaN,
                reachable ? m.sum("hikaricp_connections_pending") : Double.NaN,
                poolWaitMs(before, now),
                reachable && m.has("gleaner_redis_up") ? m.sum("gleaner_redis_up") : Double.NaN,
                database.map(DatabaseWatch::lockWaiters).orElse(Double.NaN),
                database.map(DatabaseWatch::active).orElse(Double.NaN));
    }

    private static double cores(Optional<Usage> before, Optional<Usage> now, double seconds) {
        return before.isPresent() && now.isPresent()
                ? now.get().since(before.get()).cpuSeconds() / seconds
                : Double.NaN;
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private static double rate(Look before, Look now, String name, double seconds) {
        return before.metrics().has(name) && now.metrics().has(name)
                ? (now.metrics().sum(name) - before.metrics().sum(name)) / seconds
                : Double.NaN;
    }

    private static double faults(Look before, Look now, double seconds) {
        return before.metrics().has("gleaner_tasks_total")
                        && now.metrics().has("gleaner_tasks_total")
                ? (Faults.count(now.metrics()) - Faults.count(before.metrics())) / seconds
                : Double.NaN;
    }

    private static double poolWaitMs(Look before, Look now) {
        String name = "hikaricp_connections_acquire_seconds";
        double count = now.metrics().sum(name + "_count") - before.metrics().sum(name + "_count");
        double sum = now.metrics().sum(name + "_sum") - before.metrics().sum(name + "_sum");
        return count > 0 ? 1000 * sum / count : Double.NaN;
    }

    @Override
    public void close() {
        closed = true;
        Threads.end(thread);
    }
}
