package io.gleaner.perf.autoscale.policy;

/** {@code spec.behavior}: the rules of both directions, defaults filled in. */
public record Behavior(ScalingRules up, ScalingRules down) {

    /** What {@code behavior: {}} comes to. */
    public static final Behavior DEFAULT =
            new Behavior(ScalingRules.UP_DEFAULT, ScalingRules.DOWN_DEFAULT);
}
