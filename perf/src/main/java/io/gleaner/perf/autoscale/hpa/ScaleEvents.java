package io.gleaner.perf.autoscale.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Changes of one direction, for the policies that limit them by period. */
final class ScaleEvents {

    private record Event(int pods, Instant at) {}

    private final List<Event> events = new ArrayList<>();

    /**
     * {@code storeScaleEvent}. A new event takes the place of one that is too old for its own
     * direction's policies. Only of one: others as old stay, and count where the other direction
     * has a longer period.
     *
     * @param pods how many came or went; positive
     * @param longestPeriod of the policies of this direction
     */
    void add(int pods, Instant at, Duration longestPeriod) {
        Instant cutoff = at.minus(longestPeriod);
        var event = new Event(pods, at);
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).at().isBefore(cutoff)) {
                events.set(i, event);
                return;
            }
        }
        events.add(event);
    }

    /** {@code getReplicasChangePerPeriod}: what is exactly a period old does not count. */
    int within(Duration period, Instant now) {
        Instant cutoff = now.minus(period);
        return events.stream()
                .filter(event -> event.at().isAfter(cutoff))
                .mapToInt(Event::pods)
                .sum();
    }
}
