package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;

/**
 * Where many simulations of one load went, whose pods differ as they were measured to: at each
 * point the fewest and the most replicas that one of them asked for, shortly before or after. Two
 * sync periods are short, for simulation and cluster decide once in a period, and by usage that is
 * an average over another.
 *
 * @param ways one for each point
 * @param waits time in the queue that 99 % of the items did not exceed, s
 * @param flaps of one
 * @param middle the one whose cost is in the middle
 */
record Band(int runs, int secondsAround, List<Way> ways, Range waits, Range flaps, Run middle) {

    private static final int PERIODS_AROUND = 2;

    /** From the least to the most. */
    record Range(int min, int max) {

        static Range of(IntSummaryStatistics all) {
            return new Range(all.getMin(), all.getMax());
        }

        boolean has(int value) {
            return value >= min && value <= max;
        }
    }

    /** At one second. */
    record Way(int second, Range replicas) {}

    Band {
        ways = List.copyOf(ways);
    }

    /**
     * @param syncPeriod of the policy
     */
    static Band of(List<Run> simulated, Duration syncPeriod) {
        int around = PERIODS_AROUND * (int) syncPeriod.toSeconds();
        Run middle =
                simulated.stream()
                        .sorted(Comparator.comparingDouble(Run::podHours))
                        .toList()
                        .get(simulated.size() / 2);
        var ways = new ArrayList<Way>();
        for (Run.Point point : middle.points()) {
            ways.add(
                    new Way(
                            point.second(),
                            Range.of(
                                    simulated.stream()
                                            .flatMap(run -> run.points().stream())
                                            .filter(near -> near(near, point.second(), around))
                                            .mapToInt(Run.Point::wanted)
                                            .summaryStatistics())));
        }
        return new Band(
                simulated.size(),
                around,
                ways,
                Range.of(simulated.stream().mapToInt(Run::waitP99Seconds).summaryStatistics()),
                Range.of(simulated.stream().mapToInt(Run::flaps).summaryStatistics()),
                middle);
    }

    private static boolean near(Run.Point point, int second, int around) {
        return Math.abs(point.second() - second) <= around;
    }

    /** Points of a course that none of the simulations explains. */
    List<Run.Point> outside(Run real) {
        var outside = new ArrayList<Run.Point>();
        for (int i = 0; i < real.points().size(); i++) {
            if (!ways.get(i).replicas().has(real.points().get(i).wanted())) {
                outside.add(real.points().get(i));
            }
        }
        return outside;
    }
}
