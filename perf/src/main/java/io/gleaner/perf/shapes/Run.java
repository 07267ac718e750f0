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

    Run {
        samples = List.copyOf(samples);
        waiting = Map.copyOf(waiting);
    }

    /** The samples in which users arrived. */
    List<Sample> loaded() {
        return samples.stream().filter(s -> s.at() > 0 && s.at() <= seconds).toList();
    }
}
