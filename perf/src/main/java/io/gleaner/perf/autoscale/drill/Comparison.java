package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The replicas that were asked for in a real run, held against a simulation of the same load.
 *
 * <p>The tolerance: one replica, for a metric is rounded up to whole pods; and two sync periods,
 * for each of both decides only once in a period, and by usage that is an average over another.
 *
 * @param syncPeriod of the policy
 */
record Comparison(Run real, Run simulated, Duration syncPeriod) {

    private static final int REPLICAS_OFF_MAX = 1;
    private static final int PERIODS_OFF_MAX = 2;
    private static final int NEVER = Integer.MAX_VALUE;

    /** When there are for the first time as many replicas as the simulation's peak, but one. */
    private static int risen(Run run, int peak) {
        return first(run, wanted -> wanted >= peak - REPLICAS_OFF_MAX);
    }

    private static int first(Run run, IntPredicate enough) {
        return run.points().stream()
                .filter(point -> enough.test(point.wanted()))
                .mapToInt(Run.Point::second)
                .findFirst()
                .orElse(NEVER);
    }

    /** From when on there are never more replicas than that. */
    private static int fallen(Run run, int to) {
        int since = NEVER;
        for (Run.Point point : run.points().reversed()) {
            if (point.wanted() > to) {
                break;
            }
            since = point.second();
        }
        return since;
    }

    private int half() {
        return (simulated.podsMax() + end(simulated)) / 2;
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
        int peak = simulated.podsMax();
        return List.of(
                replicas("most replicas", real.podsMax(), peak),
                replicas("replicas at the end", end(real), end(simulated)),
                Verdict.atMost(
                        "replicas, real less simulated, mean of the amounts",
                        meanDifference(),
                        REPLICAS_OFF_MAX),
                moment(
                        "up: first time at the peak but one, s",
                        risen(real, peak),
                        risen(simulated, peak)),
                moment("half way down, s", fallen(real, half()), fallen(simulated, half())),
                moment("down, s", fallen(real, end(simulated)), fallen(simulated, end(simulated))));
    }

    private static Verdict replicas(String what, int is, int shall) {
        return new Verdict(
                what + ", real",
                String.valueOf(is),
                "%d +- %d, simulated".formatted(shall, REPLICAS_OFF_MAX),
                Math.abs(is - shall) <= REPLICAS_OFF_MAX);
    }

    private Verdict moment(String what, int is, int shall) {
        long off = PERIODS_OFF_MAX * syncPeriod.toSeconds();
        boolean both = is != NEVER && shall != NEVER;
        return new Verdict(
                what + ", real",
                text(is),
                "%s +- %d, simulated".formatted(text(shall), off),
                is == shall || (both && Math.abs(is - shall) <= off));
    }

    private static String text(int second) {
        return second == NEVER ? "never" : String.valueOf(second);
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
