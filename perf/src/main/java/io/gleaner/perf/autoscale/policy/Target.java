package io.gleaner.perf.autoscale.policy;

/** What a metric shall be: {@code MetricTarget} of autoscaling/v2. */
public sealed interface Target {

    /** A target that a Resource or ContainerResource metric may have. */
    sealed interface OfResource extends Target permits Utilization, AverageValue {}

    /** A target that an Object or External metric may have. */
    sealed interface OfValue extends Target permits AverageValue, Value {}

    /**
     * Usage as a share of the pods' requests.
     *
     * @param percent of the request; over 100 is allowed
     */
    record Utilization(int percent) implements OfResource {
        public Utilization {
            if (percent < 1) {
                throw new IllegalArgumentException(
                        "averageUtilization must be at least 1: " + percent);
            }
        }
    }

    /**
     * So much for each pod.
     *
     * @param milli a thousandth of the metric's unit
     */
    record AverageValue(long milli) implements OfResource, OfValue {
        public AverageValue {
            if (milli < 1) {
                throw new IllegalArgumentException("averageValue must be positive: " + milli + "m");
            }
        }
    }

    /**
     * So much in all, whatever the number of pods.
     *
     * @param milli a thousandth of the metric's unit
     */
    record Value(long milli) implements OfValue {
        public Value {
            if (milli < 1) {
                throw new IllegalArgumentException("value must be positive: " + milli + "m");
            }
        }
    }
}
