package io.gleaner.perf.autoscale.drill;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The time of the policy, which runs a whole number of times as fast as the machine's. So every
 * period and window of the controller is shorter by the same factor, and the policy stays as it is
 * written.
 */
final class FastClock implements InstantSource {

    private final InstantSource real;
    private final Instant began;
    private final int factor;

    /**
     * @param began when its seconds count from, by the machine's clock; may be to come
     */
    FastClock(InstantSource real, Instant began, int factor) {
        this.real = real;
        this.began = began;
        this.factor = factor;
    }

    @Override
    public Instant instant() {
        return at(real.instant());
    }

    /** The policy's time at a moment of the machine's. */
    Instant at(Instant moment) {
        return began.plus(Duration.between(began, moment).multipliedBy(factor));
    }

    /** Seconds of the policy from the begin until a moment of the machine's. */
    double secondsUntil(Instant moment) {
        return Duration.between(began, at(moment)).toNanos() / 1e9;
    }

    /** Waits for the begin of a second; not at all when it has begun. */
    void await(int second) throws InterruptedException {
        Instant due = began.plus(Duration.ofSeconds(second).dividedBy(factor));
        for (Duration left = left(due); left.isPositive(); left = left(due)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted in the drill");
            }
            LockSupport.parkNanos(Math.min(left.toNanos(), TimeUnit.SECONDS.toNanos(1)));
        }
    }

    private Duration left(Instant due) {
        return Duration.between(real.instant(), due);
    }
}
