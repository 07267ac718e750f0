package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.ScalingRules;

/**
 * How far from 1 a ratio may be without changing anything: {@code Tolerances} in
 * replica_calculator.go.
 */
record Tolerances(double down, double up) {

    /** {@code tolerancesForHpa} in horizontal.go. */
    static Tolerances of(HpaSpec spec, ControllerFlags flags) {
        if (spec.behavior() == null || !flags.configurableTolerance()) {
            return new Tolerances(flags.tolerance(), flags.tolerance());
        }
        return new Tolerances(of(spec.behavior().down(), flags), of(spec.behavior().up(), flags));
    }

    private static double of(ScalingRules rules, ControllerFlags flags) {
        return rules.tolerance() == null ? flags.tolerance() : rules.tolerance();
    }

    /** {@code Tolerances.isWithin}; both ends belong to it. */
    boolean contain(double ratio) {
        return 1.0 - down <= ratio && ratio <= 1.0 + up;
    }
}
