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
        Verdict waited =
                Verdict.atMost(
                        "time in queue, p99, s",
                        run.waitP99Seconds(),
                        (double) queueTime.toSeconds());
        Verdict calm =
                Verdict.atMost("flaps (undone as a whole within five minutes)", run.flaps(), flaps);
        return Double.isInfinite(podHours)
                ? List.of(waited, calm)
                : List.of(waited, calm, Verdict.atMost("pod-hours", run.podHours(), podHours));
    }

    /** All of it holds. */
    public boolean holds(Run run) {
        return judge(run).stream().allMatch(Verdict::holds);
    }
}
