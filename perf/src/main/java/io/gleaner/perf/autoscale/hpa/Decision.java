package io.gleaner.perf.autoscale.hpa;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one sync came to.
 *
 * @param current replicas before
 * @param desired replicas after; current if it did not rescale
 * @param rescaled it wrote the scale
 * @param reason of a rescale, as in the event SuccessfulRescale; empty otherwise
 * @param proposals of the metrics that could be read
 * @param conditions those set so far, this sync or earlier, as in the object's status
 * @param error what this sync would log; scaling may have happened all the same
 */
public record Decision(
        int current,
        int desired,
        boolean rescaled,
        String reason,
        List<Proposal> proposals,
        Map<Condition.Type, Condition> conditions,
        @Nullable String error) {

    public Decision {
        proposals = List.copyOf(proposals);
        conditions = Map.copyOf(conditions);
    }
}
