package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.time.Duration;
import java.util.IntSummaryStatistics;
import java.util.List;

/**
 * The replicas that were asked for in a real run, held against a simulation of the same load.
 *
 * <p>The tolerance is a band around the simulated course: one replica up and down, for a metric is
 * rounded up to whole pods; and two sync periods before and after, for each of both decides only
 * once in a period, and by usage that is an average over another. The real course has to stay
 * within it all the time. Moments of single steps are not compared: 6, 4, 2 and 6, 3, 2 are the
 * same way down, rounded differently.
 *
 * @param syncPeriod of the policy
 */
record Comparison(Run real, Run simulated, Duration syncPeriod) {

    private static final int REPLICAS_OFF_MAX = 1;
    private static final int PERIODS_OFF_MAX = 2;

    private int secondsOff() {
        return PERIODS_OFF_MAX * (int) syncPeriod.toSeconds();
    }

    private long outside() {
        return real.points().stream().filter(point -> !within(point)).count();
    }

    private boolean within(Run.Point point) {
        IntSummaryStatistics near =
                simulated.points().stream()
                        .filter(other -> Math.abs(other.second() - point.second()) <= secondsOff())
                        .mapToInt(Run.Point::wanted)
                        .summaryStatistics();
        return point.wanted() >= near.getMin() - REPLICAS_OFF_MAX
                && point.wanted() <= near.getMax() + REPLICAS_OFF_MAX;
    }

    private static int end(Run run) {
        return run.points().getLast().wanted();
    }

    /** Of the replicas asked for, over the whole time. */
    private double meanDifference() {
        double sum = 0;
        for (int i = 0; i < real.points().size(); i++) {
            sum += Math.abs(real.points().get(i).wanted() - simulated.points().get(i).wanted());
        }
        return sum / real.points().size();
    }

    List<Verdict> verdicts() {
        return List.of(
                replicas("most replicas", real.podsMax(), simulated.podsMax()),
                replicas("replicas at the end", end(real), end(simulated)),
                Verdict.atMost(
                        "replicas, real less simulated, mean of the amounts",
                        meanDifference(),
                        REPLICAS_OFF_MAX),
                Verdict.none(
                        "points of the real course outside of the simulated one, +- %d and +- %d s"
                                .formatted(REPLICAS_OFF_MAX, secondsOff()),
                        outside()));
    }

    private static Verdict replicas(String what, int is, int shall) {
        return new Verdict(
                what + ", real",
                String.valueOf(is),
                "%d +- %d, simulated".formatted(shall, REPLICAS_OFF_MAX),
                Math.abs(is - shall) <= REPLICAS_OFF_MAX);
    }

    Table table() {
        return new Table(
                "Real and simulated",
                List.of("", "real", "simulated"),
                List.of(
                        row("most replicas", real.podsMax(), simulated.podsMax()),
                        row("changes", real.changes(), simulated.changes()),
                        row("flaps", real.flaps(), simulated.flaps()),
                        row(
                                "pod-hours, by the policy's time",
                                real.podHours(),
                                simulated.podHours()),
                        row(
                                "time in queue p50, s",
                                real.waitP50Seconds(),
                                simulated.waitP50Seconds()),
                        row(
                                "time in queue p99, s",
                                real.waitP99Seconds(),
                                simulated.waitP99Seconds()),
                        row("longest, s", real.waitMaxSeconds(), simulated.waitMaxSeconds()),
                        row("largest backlog, pages", backlog(real), backlog(simulated))));
    }

    private static double backlog(Run run) {
        return run.points().stream().mapToDouble(Run.Point::backlog).max().orElse(0);
    }

    private static List<String> row(String name, double real, double simulated) {
        return List.of(name, Figures.number(real), Figures.number(simulated));
    }
}
