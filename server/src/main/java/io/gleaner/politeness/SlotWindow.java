package io.gleaner.politeness;

import java.time.Duration;

/**
 * How many requests one host takes at once, found by additive increase and multiplicative decrease.
 *
 * <p>By analogy with TCP's congestion avoidance (RFC 5681 section 3.1): a window of good answers
 * opens one more slot, an error halves the slots. Slowness counts like a lost packet, as in TCP
 * Vegas and the gradient limits of Netflix's concurrency-limits: the smoothed latency (gain 1/8, as
 * in RFC 6298) is held against the host's own windowed minimum (as BBR does), with a floor, so that
 * noise on a fast host does not matter. Not thread-safe.
 */
final class SlotWindow {

    static final int SLOTS_START = 2;

    private static final int EPOCH_ANSWERS = 64;
    private static final double SMOOTHING = 1.0 / 8;
    private static final double SLOW_RATIO = 2;
    private static final double SLOW_FLOOR_MILLIS = 50;

    private final int slotsMax;
    private int slots;
    private int goodAnswers;

    // Answers to requests that were in flight when the window was last halved for slowness: they
    // still tell of the larger window.
    private int stale;

    private double smoothedMillis;
    private double minMillis = Double.POSITIVE_INFINITY;
    private double minBeforeMillis = Double.POSITIVE_INFINITY;
    private int epochAnswers;

    SlotWindow(int slotsMax) {
        this.slotsMax = slotsMax;
        this.slots = Math.min(SLOTS_START, slotsMax);
    }

    int slots() {
        return slots;
    }

    /**
     * @param inFlight requests in flight when the answer came, itself included
     */
    void answered(Duration latency, int inFlight) {
        double millis = latency.toNanos() / 1e6;
        lowest(millis);
        if (stale > 0) {
            stale--;
            return;
        }
        smoothedMillis += SMOOTHING * (millis - smoothedMillis);
        if (isSlow()) {
            halve();
            stale = inFlight - 1;
            smoothedMillis = baseline(); // the smaller window is judged by its own answers
        } else if (2 * inFlight >= slots) { // a window that is not used proves nothing
            grow();
        }
    }

    void halve() {
        slots = Math.max(1, slots / 2);
        goodAnswers = 0;
    }

    /** Back to one request at a time. */
    void collapse() {
        slots = 1;
        goodAnswers = 0;
    }

    private void grow() {
        goodAnswers++;
        if (goodAnswers >= slots && slots < slotsMax) {
            slots++;
            goodAnswers = 0;
        }
    }

    // The minimum is that of the last one to two epochs: a single lucky answer is forgotten, or a
    // host that has become slower for good would be held at one slot forever.
    private void lowest(double millis) {
        if (minMillis == Double.POSITIVE_INFINITY) {
            smoothedMillis = millis;
        }
        minMillis = Math.min(minMillis, millis);
        epochAnswers++;
        if (epochAnswers >= EPOCH_ANSWERS) {
            minBeforeMillis = minMillis;
            minMillis = millis;
            epochAnswers = 0;
        }
    }

    private double baseline() {
        return Math.min(minMillis, minBeforeMillis);
    }

    private boolean isSlow() {
        return smoothedMillis > SLOW_RATIO * baseline() + SLOW_FLOOR_MILLIS;
    }
}
