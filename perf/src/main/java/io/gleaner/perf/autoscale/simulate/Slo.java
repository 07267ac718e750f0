package io.gleaner.perf.autoscale.simulate;

import io.gleaner.perf.report.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What a policy is held against.
 *
 * @param queueTime in the queue that 99 % of the items do not exceed
 * @param flaps flaps (undone as a whole within five minutes)
 * @param podHours of one trace; infinite means that any cost is fine
 */
public record Slo(Duration queueTime, int flaps, double podHours) {

    /** A minute in the queue, no flapping, at whatever cost. */
    public static final Slo DEFAULT = new Slo(Duration.ofMinutes(1), 0, Double.POSITIVE_INFINITY);

    /** One line each; the cost only where it is bounded. */
    public List<Verdict> judge(Run run) {
        return judge(run, Double.NaN, Double.NaN);
    }

    /**
     * The same where pods are real, and a machine may be too slow for any policy.
     *
     * @param bestWait time in the queue that could be expected of it, s; NaN if that is not known
     * @param bestFlaps flaps that could be
     */
    public List<Verdict> judge(Run run, double bestWait, double bestFlaps) {
        Verdict waited =
                Verdict.atMost(
                        "time in queue, p99, s",
                        run.waitP99Seconds(),
                        (double) queueTime.toSeconds(),
                        bestWait);
        Verdict calm =
                Verdict.atMost(
                        "flaps (undone as a whole within five minutes)",
                        run.flaps(),
                        flaps,
                        bestFlaps);
        return Double.isInfinite(podHours)
                ? List.of(waited, calm)
                : List.of(waited, calm, Verdict.atMost("pod-hours", run.podHours(), podHours));
    }

    /** All of it holds. */
    public boolean holds(Run run) {
        return judge(run).stream().allMatch(Verdict::holds);
    }
}
