package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.hpa.ControllerFlags;
import io.gleaner.perf.autoscale.hpa.Scale;
import io.gleaner.perf.autoscale.hpa.WatchedHpa;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a course follows from its policy: each step is held against what was seen at that moment,
 * so neither slow workers nor noise are in it.
 *
 * @param syncs that there were
 * @param missing syncs that were due and did not come
 * @param differing decisions that do not follow from what was seen
 * @param otherwise syncs that found another number of workers than the one before had asked for,
 *     and the first if that was not the policy's minimum
 * @param offTrace points where other pages had come than the trace has
 */
record Conduct(
        int syncs,
        int missing,
        List<WatchedHpa.Difference> differing,
        int otherwise,
        int offTrace) {

    private static final int LOAD_SECONDS_AROUND = 30;

    Conduct {
        differing = List.copyOf(differing);
    }

    static Conduct of(
            Run real,
            List<WatchedHpa.Sync> syncs,
            HpaSpec spec,
            ControllerFlags flags,
            Trace trace) {
        int due = trace.rates().size() / (int) flags.syncPeriod().toSeconds();
        return new Conduct(
                syncs.size(),
                Math.max(0, due - syncs.size()),
                WatchedHpa.differing(syncs, spec, flags),
                otherwise(syncs, spec.minReplicas()),
                offTrace(real, trace));
    }

    private static int otherwise(List<WatchedHpa.Sync> syncs, int first) {
        int count = 0;
        int wanted = first;
        for (WatchedHpa.Sync sync : syncs) {
            count += sync.seen().scale().equals(new Scale(wanted, wanted)) ? 0 : 1;
            wanted = sync.wanted();
        }
        return count;
    }

    private static int offTrace(Run real, Trace trace) {
        var came = new ArrayList<Double>(List.of(0.0));
        trace.rates().forEach(rate -> came.add(came.getLast() + rate));
        double sum = 0;
        int last = 0;
        int off = 0;
        for (Run.Point point : real.points()) {
            sum += point.load() * (point.second() - last);
            last = point.second();
            boolean early = sum > at(came, last + LOAD_SECONDS_AROUND);
            boolean late = sum < at(came, last - LOAD_SECONDS_AROUND);
            off += early || late ? 1 : 0;
        }
        return off;
    }

    private static double at(List<Double> came, int second) {
        return came.get(Math.clamp(second, 0, came.size() - 1));
    }

    List<Verdict> verdicts() {
        return List.of(
                Verdict.none(
                        "decisions, of %d, that do not follow from what was measured then"
                                .formatted(syncs),
                        differing.size()),
                Verdict.none("decisions that were due and not made", missing),
                Verdict.none("syncs that found other workers than were asked for", otherwise),
                Verdict.none(
                        "points where other pages had come than the trace has, within %d s"
                                .formatted(LOAD_SECONDS_AROUND),
                        offTrace));
    }
}
