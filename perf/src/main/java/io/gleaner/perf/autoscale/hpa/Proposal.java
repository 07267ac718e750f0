package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.MetricSpec;

/**
 * The replicas that one metric asks for.
 *
 * @param usage what it was seen at
 */
public record Proposal(MetricSpec metric, int replicas, Usage usage) {

    /** {@code MetricValueStatus} of autoscaling/v2. */
    public sealed interface Usage {

        /**
         * Of the requests.
         *
         * @param averageMilli the same, for each pod
         */
        record Percent(int percent, long averageMilli) implements Usage {}

        /** For each pod. */
        record Average(long milli) implements Usage {}

        /** In all. */
        record Total(long milli) implements Usage {}
    }
}
