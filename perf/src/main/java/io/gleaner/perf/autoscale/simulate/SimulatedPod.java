package io.gleaner.perf.autoscale.simulate;

import io.gleaner.perf.autoscale.hpa.Pod;
import io.gleaner.perf.autoscale.hpa.PodMetric;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pod from the wish for it to its end. Seconds count from the start of the simulation. */
final class SimulatedPod {

    private static final double MILLI_PER_MIB = 1024.0 * 1024 * 1000;
    private static final double KIB_PER_MIB = 1024;

    private final String name;
    private final double startsAt;
    private final double readyAt;
    private final Capacity capacity;
    private final Variation.Lots lots;
    private final Variation.Start start;
    private double done;
    private boolean looked;
    private double cpuSum;
    private int cpuSeconds;
    private double memoryMiB;
    private @Nullable PodMetric cpu;
    private @Nullable PodMetric memory;
    private int endsAt = Integer.MAX_VALUE;

    SimulatedPod(String name, int wishedAt, boolean there, Variation.Lots lots) {
        this.name = name;
        this.capacity = lots.capacity();
        this.lots = lots;
        this.start = lots.start();
        // Pods that are there when the simulation begins have long been ready.
        this.startsAt = there ? -3600 : wishedAt + capacity.scheduleSeconds();
        this.readyAt = there ? -3600 : startsAt + start.readySeconds();
        // ... and looked at.
        this.looked = there;
        this.done = there ? start.coldItems() : 0;
        this.memoryMiB = capacity.idleMemoryMiB();
    }

    boolean ending() {
        return endsAt != Integer.MAX_VALUE;
    }

    boolean gone(int second) {
        return second >= endsAt;
    }

    boolean ready(int second) {
        return !ending() && second >= readyAt;
    }

    double readyAt() {
        return readyAt;
    }

    /** It takes no more work and is gone when it has given back or done what it has. */
    void end(int at) {
        endsAt = at;
    }

    /** One second of work. */
    void work(int second, double items) {
        if (second < startsAt) {
            return;
        }
        cpuSum +=
                second < readyAt
                        ? start.cpuMilli()
                        : capacity.idleCpuMilli()
                                + items * (capacity.cpuMillisPerItem() + start.coldMillis(done));
        done += items;
        cpuSeconds++;
        double inHand = items * capacity.secondsInHand();
        memoryMiB =
                Math.max(
                        memoryMiB,
                        capacity.idleMemoryMiB()
                                + inHand * capacity.memoryPerItemInHandKiB() / KIB_PER_MIB);
    }

    /** The metrics server looks: usage since its last look, or since the start of a young pod. */
    void scrape(Instant now, Duration resolution) {
        if (cpuSeconds == 0) {
            return;
        }
        var window = Duration.ofSeconds(cpuSeconds);
        if (looked || PodMetric.countsFromStart(window, resolution)) {
            double milli = Math.max(0, cpuSum / cpuSeconds + lots.noiseMilli());
            cpu = new PodMetric(Math.round(milli), now, window);
            memory = new PodMetric(Math.round(memoryMiB * MILLI_PER_MIB), now, window);
        }
        looked = true;
        cpuSum = 0;
        cpuSeconds = 0;
    }

    @Nullable PodMetric metric(String resource) {
        return resource.equals(MetricSpec.CPU) ? cpu : memory;
    }

    String name() {
        return name;
    }

    Pod seen(int second, Instant began) {
        boolean started = second >= startsAt;
        Instant start = began.plusMillis(Math.round(startsAt * 1000));
        boolean isReady = second >= readyAt;
        Instant since = isReady ? began.plusMillis(Math.round(readyAt * 1000)) : start;
        return new Pod(
                name,
                started ? Pod.Phase.RUNNING : Pod.Phase.PENDING,
                ending(),
                started ? start : null,
                started ? new Pod.Ready(isReady ? Pod.Status.TRUE : Pod.Status.FALSE, since) : null,
                List.of(
                        new Pod.Container(
                                "gleaner",
                                Map.of(
                                        MetricSpec.CPU,
                                        Math.round(capacity.cpuRequestMilli()),
                                        MetricSpec.MEMORY,
                                        Math.round(capacity.memoryRequestMiB() * MILLI_PER_MIB)))));
    }
}
