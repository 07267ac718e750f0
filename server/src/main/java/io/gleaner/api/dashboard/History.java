package io.gleaner.api.dashboard;

import io.gleaner.loop.Loop;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What this process did in the last hours, in steps. It begins anew with the process; who needs
 * more has a Prometheus.
 */
public final class History implements AutoCloseable {

    static final Duration STEP = Duration.ofSeconds(30);

    /** Four hours. */
    static final int STEPS_MAX = 480;

    /**
     * One step.
     *
     * @param at its end
     * @param pagesPerSecond URLs that came to a page or a fault here
     * @param requestsPerSecond requests of clients
     * @param fetchMillis mean time of a fetch, or null without any
     * @param requestMillis mean time of an answer, or null without any
     */
    record Step(
            Instant at,
            double pagesPerSecond,
            double requestsPerSecond,
            @Nullable Double fetchMillis,
            @Nullable Double requestMillis) {}

    /** Sums since the process began. */
    private record Sums(
            Instant at,
            double pages,
            double fetches,
            double fetchMillis,
            double requests,
            double requestMillis) {

        Step to(Sums later) {
            double seconds = Math.max(0.001, Duration.between(at, later.at).toMillis() / 1e3);
            return new Step(
                    later.at,
                    rounded((later.pages - pages) / seconds),
                    rounded((later.requests - requests) / seconds),
                    mean(later.fetchMillis - fetchMillis, later.fetches - fetches),
                    mean(later.requestMillis - requestMillis, later.requests - requests));
        }

        private static @Nullable Double mean(double sum, double count) {
            return count > 0 ? rounded(sum / count) : null;
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }
    }

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Deque<Step> steps = new ArrayDeque<>();
    private Sums last;
    private final @Nullable Loop sampling;

    private History(MeterRegistry registry, InstantSource clock, boolean sampled) {
        this.registry = registry;
        this.clock = clock;
        this.last = sums();
        this.sampling = sampled ? Loop.every(STEP, "history", registry, this::sample) : null;
    }

    /** One that takes a step by itself, until it is closed. */
    public static History start(MeterRegistry registry, InstantSource clock) {
        return new History(registry, clock, true);
    }

    /** One that takes a step when it is told to. */
    public static History idle(MeterRegistry registry, InstantSource clock) {
        return new History(registry, clock, false);
    }

    synchronized void sample() {
        Sums now = sums();
        steps.addLast(last.to(now));
        last = now;
        if (steps.size() > STEPS_MAX) {
            steps.removeFirst();
        }
    }

    /** The steps there are, and the one that is not yet over. */
    synchronized List<Step> steps() {
        var all = new java.util.ArrayList<>(steps);
        all.add(last.to(sums()));
        return all;
    }

    private Sums sums() {
        return new Sums(
                clock.instant(),
                registry.find("gleaner.pages").counters().stream().mapToDouble(Counter::count).sum()
                        + registry.find("gleaner.faults").counters().stream()
                                .mapToDouble(Counter::count)
                                .sum(),
                count("gleaner.fetch"),
                millis("gleaner.fetch"),
                count("http.server.requests"),
                millis("http.server.requests"));
    }

    private double count(String name) {
        return registry.find(name).timers().stream().mapToDouble(Timer::count).sum();
    }

    private double millis(String name) {
        return registry.find(name).timers().stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS))
                .sum();
    }

    @Override
    public void close() {
        if (sampling != null) {
            sampling.stop();
        }
    }
}
