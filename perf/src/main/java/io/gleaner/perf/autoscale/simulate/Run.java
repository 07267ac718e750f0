package io.gleaner.perf.autoscale.simulate;

import java.util.List;

/**
 * What became of a trace.
 *
 * @param points the course of it
 * @param waitP50Seconds time in the queue that half of the items did not exceed
 * @param waitP99Seconds the same of 99 %
 * @param waitMaxSeconds the longest
 * @param podHours of all pods, from the wish for each to its end
 * @param podsMax at most asked for
 * @param changes of the number of replicas
 * @param flaps rises or falls that were undone as a whole within five minutes: {@link Changes}
 * @param leftOver items in the queue at the end
 */
public record Run(
        String trace,
        List<Point> points,
        int waitP50Seconds,
        int waitP99Seconds,
        int waitMaxSeconds,
        double podHours,
        int podsMax,
        int changes,
        int flaps,
        double leftOver) {

    /**
     * A moment.
     *
     * @param load items per second that came
     * @param backlog items in the queue
     * @param wanted replicas asked for
     * @param ready pods that work
     * @param waitSeconds age of the oldest item
     */
    public record Point(
            int second, double load, double backlog, int wanted, int ready, int waitSeconds) {}

    public Run {
        points = List.copyOf(points);
    }
}
