package io.gleaner.perf.shapes;

/**
 * What a shape must keep to.
 *
 * @param promptP99Ms of requests that wait for no page
 * @param errorShare of all requests, 0 to 1
 * @param faultShare of all pages, 0 to 1
 * @param drainSeconds from the last arrival until nothing is queued
 */
record Limits(double promptP99Ms, double errorShare, double faultShare, double drainSeconds) {

    static Limits of(Shape shape) {
        return switch (shape) {
            case SMOKE -> new Limits(250, 0, 0.01, 10);
            case STEADY -> new Limits(100, 0.001, 0.01, 10);
            case RAMP -> new Limits(100, 0.001, 0.01, 20);
            case SPIKE -> new Limits(100, 0.001, 0.01, 60);
            case STRESS -> new Limits(250, 0.01, 0.01, 120);
            case SOAK -> new Limits(100, 0.001, 0.01, 20);
        };
    }
}
