package io.gleaner.perf.autoscale.simulate;

import io.gleaner.perf.report.Spread;
import java.util.List;
import java.util.Random;

/**
 * How workers were measured to differ. A run draws from it: the first three once, for what makes
 * one worker slow on a machine makes all of them slow; the next three for each pod that starts; the
 * last for each look at a pod.
 *
 * @param itemsPerSecond at most
 * @param cpuMillisPerItem of a warm pod, milliseconds of a core
 * @param idleCpuMilli thousandths of a core without any work
 * @param readySeconds from the start of the process until it is ready
 * @param startCpuMillis taken until then, milliseconds of a core
 * @param coldCpuMillis taken on top while the pod warms up, milliseconds of a core
 * @param coldItems after which it is warm
 * @param noiseMilli how far CPU over one window of the metrics server was from what the work in it
 *     explains, thousandths of a core
 */
public record Variation(
        Spread itemsPerSecond,
        Spread cpuMillisPerItem,
        Spread idleCpuMilli,
        Spread readySeconds,
        Spread startCpuMillis,
        Spread coldCpuMillis,
        double coldItems,
        List<Double> noiseMilli) {

    public Variation {
        noiseMilli = List.copyOf(noiseMilli);
    }

    /** The figures of one run, and its lots. */
    Lots lots(Capacity around, Random random) {
        return new Drawn(
                this,
                around.withWork(
                        drawn(itemsPerSecond, random),
                        drawn(cpuMillisPerItem, random),
                        drawn(idleCpuMilli, random)),
                random);
    }

    private static double drawn(Spread spread, Random random) {
        return spread.min() + random.nextDouble() * (spread.max() - spread.min());
    }

    /** What the pods of one run are like. */
    interface Lots {

        Capacity capacity();

        /** A pod that is wished for. */
        Start start();

        /** Of one look at the CPU of a pod, thousandths of a core. */
        double noiseMilli();
    }

    /**
     * How one pod starts.
     *
     * @param readySeconds from the start of the process until it is ready
     * @param cpuMilli thousandths of a core meanwhile
     * @param coldItems after which it is warm
     * @param coldCpuMillis of the first of them, on top
     */
    record Start(double readySeconds, double cpuMilli, double coldItems, double coldCpuMillis) {

        /** On top of what a warm pod takes for its n-th item; less with each. */
        double coldMillis(double n) {
            return n < coldItems ? coldCpuMillis * (1 - n / coldItems) : 0;
        }
    }

    /** All pods are what the capacity says. */
    record Fixed(Capacity capacity) implements Lots {

        @Override
        public Start start() {
            return new Start(capacity.readySeconds(), capacity.idleCpuMilli(), 0, 0);
        }

        @Override
        public double noiseMilli() {
            return 0;
        }
    }

    private record Drawn(Variation from, Capacity capacity, Random random) implements Lots {

        @Override
        public Start start() {
            double ready = drawn(from.readySeconds, random);
            return new Start(
                    ready,
                    drawn(from.startCpuMillis, random) / ready,
                    from.coldItems,
                    2 * drawn(from.coldCpuMillis, random) / from.coldItems);
        }

        @Override
        public double noiseMilli() {
            return from.noiseMilli.isEmpty()
                    ? 0
                    : from.noiseMilli.get(random.nextInt(from.noiseMilli.size()));
        }
    }
}
