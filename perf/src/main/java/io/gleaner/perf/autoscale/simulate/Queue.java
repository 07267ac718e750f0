package io.gleaner.perf.autoscale.simulate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * First come, first served; fractions of items are fine. Knows how long what it gave out had
 * waited.
 */
final class Queue {

    /** What came in one second. */
    private static final class Batch {
        private final int second;
        private double items;

        private Batch(int second, double items) {
            this.second = second;
            this.items = items;
        }
    }

    private final Deque<Batch> batches = new ArrayDeque<>();
    private final double[] waits;
    private double size;

    /**
     * An empty queue.
     *
     * @param seconds that it will be used for
     */
    Queue(int seconds) {
        this.waits = new double[seconds + 1];
    }

    double size() {
        return size;
    }

    void add(int second, double items) {
        if (items > 0) {
            batches.add(new Batch(second, items));
            size += items;
        }
    }

    /** Gives out up to so many; answers how many there were. */
    double take(int second, double atMost) {
        double left = atMost;
        while (left > 0 && !batches.isEmpty()) {
            Batch oldest = batches.getFirst();
            double taken = Math.min(left, oldest.items);
            waits[second - oldest.second] += taken;
            left -= taken;
            oldest.items -= taken;
            if (oldest.items <= 0) {
                batches.removeFirst();
            }
        }
        double taken = atMost - left;
        size = batches.isEmpty() ? 0 : size - taken;
        return taken;
    }

    /** Age of the oldest item, in seconds. */
    int oldest(int second) {
        return batches.isEmpty() ? 0 : second - batches.getFirst().second;
    }

    /**
     * Counts what is still there as if it were given out now: it has waited for as long at least.
     */
    void end(int second) {
        take(second, Double.MAX_VALUE);
    }

    /** The wait in whole seconds that this share of all items did not exceed. */
    int waitAt(double share) {
        double all = 0;
        for (double items : waits) {
            all += items;
        }
        double seen = 0;
        for (int wait = 0; wait < waits.length; wait++) {
            seen += waits[wait];
            if (seen >= share * all - 1e-9 * all) {
                return wait;
            }
        }
        return waits.length - 1;
    }
}
