package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.Target;
import io.gleaner.perf.autoscale.simulate.Capacity;
import io.gleaner.perf.autoscale.simulate.Simulation;
import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.autoscale.simulate.Variation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The policy and the pods at the size of the drill. A worker of the drill is a small one, so what
 * the policy counts in absolute amounts is made smaller in the same ratio: the queue for each pod
 * stays as many seconds of a pod's work, and a pod that works as fast as it can uses the same share
 * of its requests. All else is as it is written.
 *
 * @param spec the policy
 * @param capacity of one worker, in the policy's time
 * @param variation of workers, in the policy's time
 */
record Miniature(HpaSpec spec, Capacity capacity, Variation variation) {

    private static final double KIB_PER_MIB = 1024;

    static Miniature of(DrillSettings settings, WorkerFigures worker) {
        Capacity file = settings.capacity();
        double itemsPerSecond = worker.pagesPerSecond().median() / settings.factor();
        double fullCpu = file.idleCpuMilli() + file.itemsPerSecond() * file.cpuMillisPerItem();
        double fullMemory =
                file.idleMemoryMiB()
                        + file.itemsPerSecond()
                                * file.secondsInHand()
                                * file.memoryPerItemInHandKiB()
                                / KIB_PER_MIB;
        double cpuRequest = worker.fullCpuMilli() * file.cpuRequestMilli() / fullCpu;
        double memoryRequest = worker.memoryMiB() * file.memoryRequestMiB() / fullMemory;
        var capacity =
                new Capacity(
                        itemsPerSecond,
                        settings.factor() * worker.cpuMillisPerPage().median(),
                        worker.idleCpuMilli().median(),
                        worker.memoryMiB(),
                        0,
                        0,
                        cpuRequest,
                        memoryRequest,
                        worker.readySeconds().median() * settings.factor(),
                        0,
                        sources(worker, settings.factor()));
        HpaSpec bounded = settings.bounded();
        double size = itemsPerSecond / file.itemsPerSecond();
        double cpuSize = cpuRequest / file.cpuRequestMilli();
        double memorySize = memoryRequest / file.memoryRequestMiB();
        return new Miniature(
                bounded.withMetrics(
                        bounded.metrics().stream()
                                .map(metric -> small(metric, size, cpuSize, memorySize))
                                .toList()),
                capacity,
                variation(worker, settings.factor()));
    }

    /** A core is a core however fast time runs, so what is taken takes longer. */
    private static Variation variation(WorkerFigures worker, int factor) {
        return new Variation(
                worker.pagesPerSecond().times(1.0 / factor),
                worker.cpuMillisPerPage().times(factor),
                worker.idleCpuMilli(),
                worker.readySeconds().times(factor),
                worker.startCpuMillis().times(factor),
                worker.coldCpuMillis().times(factor),
                worker.coldPages(),
                worker.noiseMilli());
    }

    private static MetricSpec small(
            MetricSpec metric, double size, double cpuSize, double memorySize) {
        return switch (metric) {
            case MetricSpec.External(var id, Target.AverageValue(long milli)) ->
                    new MetricSpec.External(id, new Target.AverageValue(times(milli, size)));
            case MetricSpec.External(var id, Target.Value(long milli)) ->
                    new MetricSpec.External(id, new Target.Value(times(milli, size)));
            case MetricSpec.Resource(var name, Target.AverageValue(long milli)) ->
                    new MetricSpec.Resource(
                            name,
                            new Target.AverageValue(
                                    times(
                                            milli,
                                            name.equals(MetricSpec.CPU) ? cpuSize : memorySize)));
            case MetricSpec.Resource(_, Target.Utilization _) -> metric;
            // Simulation and drill refuse them.
            case MetricSpec.ContainerResource _, MetricSpec.Pods _, MetricSpec.ObjectMetric _ ->
                    metric;
        };
    }

    private static long times(long milli, double size) {
        return Math.max(1, Math.round(milli * size));
    }

    private static Map<String, String> sources(WorkerFigures worker, int factor) {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put(
                "itemsPerSecond",
                "measured: %s pages/s of the machine's time"
                        .formatted(worker.pagesPerSecond().text()));
        sources.put(
                "cpuMillisPerItem",
                "measured: %s ms when warm".formatted(worker.cpuMillisPerPage().text()));
        sources.put(
                "idleCpuMilli",
                "computed: %s m, on the line through full and quiet load"
                        .formatted(worker.idleCpuMilli().text()));
        sources.put("idleMemoryMiB", "measured: %.0f resident".formatted(worker.memoryMiB()));
        sources.put(
                "cpuRequestMilli, memoryRequestMiB",
                "computed: a full worker uses the same share of them as in the capacity file");
        sources.put(
                "readySeconds",
                "measured: %s s when several start under load, %d times"
                        .formatted(worker.readySeconds().text(), factor));
        sources.put("scheduleSeconds", "0: nothing is scheduled here");
        return sources;
    }

    /** The same trace without processes, so many times. */
    Band band(DrillSettings settings, Trace trace, int simulations) {
        return Band.of(
                new Simulation(spec, capacity, settings.around())
                        .run(trace, variation, simulations),
                settings.around().flags().syncPeriod());
    }
}
