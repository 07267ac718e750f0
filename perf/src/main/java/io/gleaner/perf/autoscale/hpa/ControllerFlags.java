package io.gleaner.perf.autoscale.hpa;

import java.time.Duration;

/**
 * Flags of kube-controller-manager that decide, without their prefix {@code
 * --horizontal-pod-autoscaler-}.
 *
 * @param syncPeriod {@code sync-period}: between two looks at one autoscaler
 * @param downscaleStabilization {@code downscale-stabilization}: the scale-down window where the
 *     policy names none
 * @param tolerance {@code tolerance}: relative distance from the target that changes nothing
 * @param cpuInitializationPeriod {@code cpu-initialization-period}: while a pod is this young, CPU
 *     samples that began before it was ready do not count
 * @param initialReadinessDelay {@code initial-readiness-delay}: a pod that was unready from within
 *     this time after its start on counts as never ready
 * @param configurableTolerance the feature gate HPAConfigurableTolerance: off before Kubernetes
 *     1.35
 */
public record ControllerFlags(
        Duration syncPeriod,
        Duration downscaleStabilization,
        double tolerance,
        Duration cpuInitializationPeriod,
        Duration initialReadinessDelay,
        boolean configurableTolerance) {

    /** {@code pkg/controller/podautoscaler/config/v1alpha1/defaults.go}, Kubernetes 1.35. */
    public static final ControllerFlags DEFAULT =
            new ControllerFlags(
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(5),
                    0.1,
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    true);

    /** The same with another time between two looks. */
    public ControllerFlags withSyncPeriod(Duration other) {
        return new ControllerFlags(
                other,
                downscaleStabilization,
                tolerance,
                cpuInitializationPeriod,
                initialReadinessDelay,
                configurableTolerance);
    }

    /** The same with the gate HPAConfigurableTolerance off, as before 1.35. */
    public ControllerFlags withoutConfigurableTolerance() {
        return new ControllerFlags(
                syncPeriod,
                downscaleStabilization,
                tolerance,
                cpuInitializationPeriod,
                initialReadinessDelay,
                false);
    }
}
