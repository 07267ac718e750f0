package io.gleaner.perf.shapes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was seen of a run, on one time axis: seconds since the end of the warm-up.
 *
 * @param seconds how long users arrived
 * @param answers to requests that were sent in that time
 * @param samples of that time and a little after it
 * @param before the service's metrics at its beginning
 * @param after the same at its end
 * @param waiting mean number of statements by what they wait for, or empty
 * @param drainSeconds from its end until nothing was queued; NaN if that was not seen
 * @param heapBefore bytes in use after a collection at its beginning; NaN where none was made
 * @param heapAfter the same when all was over
 * @param broke the step of a stress run that the service did not bear
 * @param bore the last one that it did bear
 * @param interrupted whether it was ended before its time
 */
record Run(
        LoadSettings settings,
        double seconds,
        Answers answers,
        List<Sample> samples,
        Metrics before,
        Metrics after,
        Map<DatabaseWatch.Waiting, Double> waiting,
        double drainSeconds,
        double heapBefore,
        double heapAfter,
        Optional<StressStep> broke,
        Optional<StressStep> bore,
        boolean interrupted) {

    /** The part of a stress run that is near its end. */
    private static final double STRESS_LAST = 0.8;

    Run {
        samples = List.copyOf(samples);
        waiting = Map.copyOf(waiting);
    }

    /** The samples in which users arrived. */
    List<Sample> loaded() {
        return between(0, 1);
    }

    /** Those of them in which most users arrived. */
    List<Sample> hardest() {
        return switch (settings.shape()) {
            case SMOKE, STEADY, RAMP, SOAK -> loaded();
            case SPIKE -> between(Shape.SPIKE_BEGINS, Shape.SPIKE_ENDS);
            case STRESS -> between(STRESS_LAST, 1);
        };
    }

    private List<Sample> between(double from, double to) {
        return samples.stream()
                .filter(s -> s.at() > from * seconds && s.at() <= to * seconds)
                .toList();
    }
}
