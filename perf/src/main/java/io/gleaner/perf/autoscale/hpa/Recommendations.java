package io.gleaner.perf.autoscale.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was recommended lately, before anything limited it. The controller reuses slots of old
 * recommendations instead of removing them, which comes to the same: too old, they never count
 * again.
 */
final class Recommendations {

    /**
     * What remains after stabilisation, and what to say about it if that is not what was asked for.
     */
    record Stabilized(int replicas, String reason, String message) {}

    private static final String UP_MESSAGE =
            "recent recommendations were lower than current one, applying the lowest recent"
                    + " recommendation";
    private static final String DOWN_MESSAGE =
            "recent recommendations were higher than current one, applying the highest recent"
                    + " recommendation";

    private record Recommendation(int replicas, Instant at) {}

    private final List<Recommendation> recent = new ArrayList<>();

    /**
     * {@code recordInitialRecommendation}: after a restart of the controller nothing is scaled down
     * for a window.
     */
    void begin(int current, Instant now) {
        if (recent.isEmpty()) {
            add(current, now);
        }
    }

    void add(int replicas, Instant at) {
        recent.add(new Recommendation(replicas, at));
    }

    /**
     * {@code stabilizeRecommendation}, without {@code behavior}: the highest of the window, whose
     * both ends belong to it.
     */
    Stabilized highest(int desired, Duration window, Instant now) {
        Instant cutoff = now.minus(window);
        recent.removeIf(one -> one.at().isBefore(cutoff));
        int highest = recent.stream().mapToInt(Recommendation::replicas).reduce(desired, Math::max);
        add(desired, now);
        return new Stabilized(highest, "ScaleDownStabilized", DOWN_MESSAGE);
    }

    /**
     * {@code stabilizeRecommendationWithBehaviors}: the current number, moved no further than every
     * recommendation of the direction's window agrees to. What is exactly a window old does not
     * count.
     */
    Stabilized within(int current, int desired, Duration up, Duration down, Instant now) {
        Instant upCutoff = now.minus(up);
        Instant downCutoff = now.minus(down);
        recent.removeIf(one -> one.at().isBefore(upCutoff) && one.at().isBefore(downCutoff));
        int floor = desired;
        int ceiling = desired;
        for (Recommendation one : recent) {
            floor = one.at().isAfter(upCutoff) ? Math.min(floor, one.replicas()) : floor;
            ceiling = one.at().isAfter(downCutoff) ? Math.max(ceiling, one.replicas()) : ceiling;
        }
        add(desired, now);
        int replicas = Math.min(Math.max(current, floor), ceiling);
        return desired >= current
                ? new Stabilized(replicas, "ScaleUpStabilized", UP_MESSAGE)
                : new Stabilized(replicas, "ScaleDownStabilized", DOWN_MESSAGE);
    }
}
