package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.report.Verdict;
import java.util.List;

/**
 * What a policy is for, and whether this machine can show it. Where the policy would keep its
 * promise with pods as it was made for, and does not with those of this machine or beside what
 * others do on it, the machine is to blame.
 *
 * @param undisturbed a simulation with pods that start as quickly as the policy was made for
 * @param taken others took much of the machine before anything began
 */
record Promise(Slo slo, Run undisturbed, Band band, boolean taken) {

    List<Verdict> verdicts(Run real) {
        return slo.holds(undisturbed)
                ? slo.judge(real, best(band.waits()), best(band.flaps()))
                : slo.judge(real);
    }

    private double best(Band.Range simulated) {
        return taken ? Double.POSITIVE_INFINITY : simulated.max();
    }
}
