package io.gleaner.perf.autoscale.hpa;

/**
 * A condition of the autoscaler's status.
 *
 * @param reason a word for machines, the same as in Kubernetes
 */
public record Condition(Type type, boolean status, String reason, String message) {

    /** {@code HorizontalPodAutoscalerConditionType}. */
    public enum Type {
        /** Scale can be read and written, and nothing recent holds a change back. */
        ABLE_TO_SCALE,
        /** A number of replicas can be computed. */
        SCALING_ACTIVE,
        /** A bound or a policy cut the number. */
        SCALING_LIMITED
    }
}
