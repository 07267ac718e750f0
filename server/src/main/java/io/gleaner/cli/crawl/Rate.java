package io.gleaner.cli.crawl;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast a counter grows, over the last seconds. */
final class Rate {

    private static final Duration WINDOW = Duration.ofSeconds(15);
    private static final double NANOS_PER_SECOND = 1e9;

    private final InstantSource clock;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, long count) {}

    Rate(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes where the counter stands now. */
    void note(long count) {
        Instant now = clock.instant();
        samples.addLast(new Sample(now, count));
        while (samples.size() > 2 && samples.getFirst().at().isBefore(now.minus(WINDOW))) {
            samples.removeFirst();
        }
    }

    /** Counts per second; 0 until two notes apart in time are there. */
    double perSecond() {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = Duration.between(first.at(), last.at()).toNanos() / NANOS_PER_SECOND;
        return seconds <= 0 ? 0 : (last.count() - first.count()) / seconds;
    }

    /** When {@code left} more are counted, at this speed; empty while nothing moves. */
    Optional<Duration> eta(long left) {
        double speed = perSecond();
        return speed <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) Math.ceil(left / speed)));
    }
}
