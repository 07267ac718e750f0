package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.report.Verdict;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a policy is for, and whether this machine can show it. With pods as it was made for the
 * policy has to keep its promise on any machine. Where it does, and does not with the workers of
 * this machine or beside what others do on it, the machine is to blame.
 *
 * @param undisturbed a simulation with the pods that the policy was made for
 * @param taken others took much of the machine before anything began
 */
record Promise(Slo slo, Run undisturbed, Band band, boolean taken) {

    List<Verdict> verdicts(Run real) {
        return Stream.concat(
                        slo.judge(undisturbed).stream().map(Promise::ofThePolicyAlone),
                        (slo.holds(undisturbed)
                                        ? slo.judge(real, best(band.waits()), best(band.flaps()))
                                        : slo.judge(real))
                                .stream())
                .toList();
    }

    private static Verdict ofThePolicyAlone(Verdict simulated) {
        return new Verdict(
                simulated.what() + ", simulated with the pods that the policy is for",
                simulated.measured(),
                simulated.value(),
                simulated.bound(),
                simulated.best(),
                simulated.outcome());
    }

    private double best(Band.Range simulated) {
        return taken ? Double.POSITIVE_INFINITY : simulated.max();
    }
}
