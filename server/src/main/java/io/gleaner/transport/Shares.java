package io.gleaner.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** How many of a limited number of things each holder has. */
public final class Shares {

    /** What came of asking for one more. */
    public enum Outcome {
        TAKEN,
        NONE_LEFT,
        HOLDER_HAS_ENOUGH
    }

    private final int max;
    private final int perHolderMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> held = new HashMap<>();
    private int all;

    public Shares(int max, int perHolderMax) {
        this.max = max;
        this.perHolderMax = perHolderMax;
    }

    /** Takes one, to be given back when this says so. */
    public Outcome take(String holder) {
        lock.lock();
        try {
            int own = held.getOrDefault(holder, 0);
            if (own >= perHolderMax) {
                return Outcome.HOLDER_HAS_ENOUGH;
            }
            if (all >= max) {
                return Outcome.NONE_LEFT;
            }
            held.put(holder, own + 1);
            all++;
            return Outcome.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    public void giveBack(String holder) {
        lock.lock();
        try {
            int own = held.getOrDefault(holder, 0);
            if (own == 0) {
                throw new IllegalStateException(holder + " holds nothing");
            }
            if (own == 1) {
                held.remove(holder);
            } else {
                held.put(holder, own - 1);
            }
            all--;
        } finally {
            lock.unlock();
        }
    }

    public int taken() {
        lock.lock();
        try {
            return all;
        } finally {
            lock.unlock();
        }
    }
}
