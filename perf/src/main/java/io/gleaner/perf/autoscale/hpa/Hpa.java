package io.gleaner.perf.autoscale.hpa;

import static io.gleaner.perf.autoscale.hpa.Condition.Type.ABLE_TO_SCALE;
import static io.gleaner.perf.autoscale.hpa.Condition.Type.SCALING_ACTIVE;
import static io.gleaner.perf.autoscale.hpa.Condition.Type.SCALING_LIMITED;

import io.gleaner.perf.autoscale.policy.Behavior;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The controller of one HorizontalPodAutoscaler: {@code reconcileAutoscaler} in horizontal.go.
 * Remembers recommendations, changes and conditions from one sync to the next. Not for several
 * threads.
 */
public final class Hpa {

    private final HpaSpec spec;
    private final ControllerFlags flags;
    private final InstantSource clock;
    private final ReplicaCalculator calculator;
    private final Recommendations recommendations = new Recommendations();
    private final ScaleLimits limits = new ScaleLimits();
    private final Map<Condition.Type, Condition> conditions = new EnumMap<>(Condition.Type.class);

    public Hpa(HpaSpec spec, ControllerFlags flags, InstantSource clock) {
        this.spec = spec;
        this.flags = flags;
        this.clock = clock;
        var tolerances = Tolerances.of(spec, flags);
        this.calculator =
                new ReplicaCalculator(new PodSamples(tolerances, flags, clock), tolerances);
    }

    /**
     * Looks once and scales if need be. Never throws for what the cluster does: see {@link
     * Decision#error}.
     */
    public Decision sync(Cluster cluster) {
        Scale scale;
        try {
            scale = cluster.scale();
        } catch (ClusterException e) {
            set(
                    ABLE_TO_SCALE,
                    false,
                    "FailedGetScale",
                    "the HPA controller was unable to get the target's current scale: "
                            + e.getMessage());
            return new Decision(0, 0, false, "", List.of(), conditions, e.getMessage());
        }
        set(
                ABLE_TO_SCALE,
                true,
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        int current = scale.specReplicas();
        recommendations.begin(current, clock.instant());
        if (current == 0) {
            set(
                    SCALING_ACTIVE,
                    false,
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            return unchanged(current, List.of(), null);
        }
        if (current > spec.maxReplicas()) {
            return rescale(
                    cluster,
                    current,
                    spec.maxReplicas(),
                    "Current number of replicas above Spec.MaxReplicas",
                    Measured.NOTHING);
        }
        if (current < spec.minReplicas()) {
            return rescale(
                    cluster,
                    current,
                    spec.minReplicas(),
                    "Current number of replicas below Spec.MinReplicas",
                    Measured.NOTHING);
        }
        return byMetrics(scale, cluster);
    }

    /**
     * What the metrics said; the error of the first that could not be read may be there beside it.
     */
    private record Measured(List<Proposal> proposals, @Nullable String error) {
        static final Measured NOTHING = new Measured(List.of(), null);
    }

    private record Failure(MetricSpec metric, String message) {}

    // computeReplicasForMetrics: the largest proposal. With a metric that cannot be read the others
    // may only add pods.
    private Decision byMetrics(Scale scale, Cluster cluster) {
        int current = scale.specReplicas();
        List<Proposal> proposals = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (MetricSpec metric : spec.metrics()) {
            try {
                proposals.add(calculator.propose(metric, scale, cluster));
            } catch (ClusterException e) {
                failures.add(new Failure(metric, Objects.requireNonNull(e.getMessage())));
            }
        }
        @Nullable String error = failures.isEmpty() ? null : error(failures);
        int desired = 0;
        String metric = "";
        for (Proposal proposal : proposals) {
            if (metric.isEmpty() || proposal.replicas() > desired) {
                desired = proposal.replicas();
                metric = proposal.metric().label();
            }
        }
        if (!failures.isEmpty() && (proposals.isEmpty() || desired < current)) {
            Failure first = failures.getFirst();
            set(
                    SCALING_ACTIVE,
                    false,
                    reason(first.metric()),
                    "the HPA was unable to compute the replica count: " + first.message());
            return unchanged(current, proposals, error);
        }
        set(
                SCALING_ACTIVE,
                true,
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from " + metric);
        String reason = "";
        if (desired > current) {
            reason = metric + " above target";
        } else if (desired < current) {
            reason = "All metrics below target";
        }
        int allowed = normalize(current, desired);
        var measured = new Measured(proposals, error);
        return allowed == current
                ? unchanged(current, proposals, error)
                : rescale(cluster, current, allowed, reason, measured);
    }

    // normalizeDesiredReplicas, normalizeDesiredReplicasWithBehaviors
    private int normalize(int current, int desired) {
        Instant now = clock.instant();
        Behavior behavior = spec.behavior();
        var stable =
                behavior == null
                        ? recommendations.highest(desired, flags.downscaleStabilization(), now)
                        : recommendations.within(
                                current, desired, upWindow(behavior), downWindow(behavior), now);
        if (stable.replicas() == desired) {
            set(ABLE_TO_SCALE, true, "ReadyForNewScale", "recommended size matches current size");
        } else {
            set(ABLE_TO_SCALE, true, stable.reason(), stable.message());
        }
        int min = spec.minReplicas();
        int max = spec.maxReplicas();
        var allowed =
                behavior == null
                        ? ScaleLimits.allow(current, stable.replicas(), min, max)
                        : limits.allow(current, stable.replicas(), min, max, behavior, now);
        set(
                SCALING_LIMITED,
                allowed.replicas() != stable.replicas(),
                allowed.reason(),
                allowed.message());
        return allowed.replicas();
    }

    private static Duration upWindow(Behavior behavior) {
        Duration window = behavior.up().window();
        return window == null ? Duration.ZERO : window;
    }

    // maybeInitScaleDownStabilizationWindow
    private Duration downWindow(Behavior behavior) {
        Duration window = behavior.down().window();
        return window == null ? flags.downscaleStabilization() : window;
    }

    private Decision rescale(
            Cluster cluster, int current, int desired, String reason, Measured measured) {
        try {
            cluster.scaleTo(desired);
        } catch (ClusterException e) {
            set(
                    ABLE_TO_SCALE,
                    false,
                    "FailedUpdateScale",
                    "the HPA controller was unable to update the target scale: " + e.getMessage());
            return unchanged(current, measured.proposals(), e.getMessage());
        }
        set(
                ABLE_TO_SCALE,
                true,
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + desired);
        if (spec.behavior() != null) {
            limits.changed(current, desired, spec.behavior(), clock.instant());
        }
        return new Decision(
                current, desired, true, reason, measured.proposals(), conditions, measured.error());
    }

    private Decision unchanged(int current, List<Proposal> proposals, @Nullable String error) {
        return new Decision(current, current, false, "", proposals, conditions, error);
    }

    private String error(List<Failure> failures) {
        return "invalid metrics (%d invalid out of %d), first error is: %s"
                .formatted(failures.size(), spec.metrics().size(), failures.getFirst().message());
    }

    private static String reason(MetricSpec metric) {
        return switch (metric) {
            case MetricSpec.Resource _ -> "FailedGetResourceMetric";
            case MetricSpec.ContainerResource _ -> "FailedGetContainerResourceMetric";
            case MetricSpec.Pods _ -> "FailedGetPodsMetric";
            case MetricSpec.ObjectMetric _ -> "FailedGetObjectMetric";
            case MetricSpec.External _ -> "FailedGetExternalMetric";
        };
    }

    private void set(Condition.Type type, boolean status, String reason, String message) {
        conditions.put(type, new Condition(type, status, reason, message));
    }
}
