package io.gleaner.perf.autoscale.tune;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Verdict;
import java.util.Comparator;
import java.util.List;

/**
 * A policy and what became of all traces.
 *
 * @param podHours of one turn over all traces, the mean of the seeds
 * @param broken verdicts that do not hold
 * @param overSeconds how much the times in the queue were over the bound, added up
 * @param worst the longest time in the queue, p99, of any trace
 * @param complaint the first verdict that does not hold; empty if all do
 */
public record Trial(
        HpaSpec spec, double podHours, int broken, long overSeconds, int worst, String complaint) {

    /** Holding the promises comes first, then the cost. */
    public static final Comparator<Trial> BETTER_FIRST =
            Comparator.comparingInt(Trial::broken)
                    .thenComparingLong(Trial::overSeconds)
                    .thenComparingDouble(Trial::podHours);

    /** Everything that was promised holds. */
    public boolean holds() {
        return broken == 0;
    }

    static Trial of(HpaSpec spec, Slo slo, int seeds, List<Run> runs) {
        double podHours = 0;
        int broken = 0;
        long over = 0;
        int worst = 0;
        String complaint = "";
        for (Run run : runs) {
            podHours += run.podHours() / seeds;
            over += Math.max(0, run.waitP99Seconds() - slo.queueTime().toSeconds());
            worst = Math.max(worst, run.waitP99Seconds());
            for (Verdict verdict : slo.judge(run)) {
                if (!verdict.holds()) {
                    broken++;
                    complaint =
                            complaint.isEmpty()
                                    ? "%s: %s %s, not %s"
                                            .formatted(
                                                    run.trace(),
                                                    verdict.what(),
                                                    verdict.measured(),
                                                    verdict.bound())
                                    : complaint;
                }
            }
        }
        return new Trial(spec, podHours, broken, over, worst, complaint);
    }

    /** Why this one was not taken instead. */
    String against(Trial best) {
        if (!holds()) {
            return broken == 1 ? complaint : "%s; %d more".formatted(complaint, broken - 1);
        }
        double more = podHours - best.podHours();
        return more > 0
                ? Figures.number(more) + " pod-hours more"
                : "costs the same; what was there stays";
    }
}
