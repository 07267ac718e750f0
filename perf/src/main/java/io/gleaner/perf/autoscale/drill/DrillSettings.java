package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.policy.Behavior;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.ScalingPolicy;
import io.gleaner.perf.autoscale.policy.ScalingRules;
import io.gleaner.perf.autoscale.simulate.Capacity;
import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Settings;
import io.gleaner.perf.autoscale.simulate.Simulation;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.autoscale.simulate.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How {@code autoscale drill} runs. Times are the policy's: the machine's are shorter by the
 * factor.
 *
 * @param spec the policy as it is written
 * @param replicasMax at most so many workers, for the machine is small, and at most {@link
 *     #WORKERS_MAX}; the policy's own maximum if that is less
 * @param capacity what the policy was made for
 * @param around clocks and phases; the same for drill and simulation
 * @param load as multiples of the quiet load
 * @param quiet load of a quiet time, as a share of what one worker can do
 * @param factor how much faster time runs
 * @param kill whether a worker that goes is sent SIGKILL, not SIGTERM
 * @param slo what the real run is held against
 * @param planted what the controller decides by instead, to see that the drill notices
 */
public record DrillSettings(
        HpaSpec spec,
        int replicasMax,
        Capacity capacity,
        Settings around,
        Trace load,
        double quiet,
        int factor,
        boolean kill,
        Slo slo,
        Optional<HpaSpec> planted) {

    /**
     * Of the 60 connections of the product's PostgreSQL a worker takes seven, and API and drill
     * take eleven.
     */
    static final int WORKERS_MAX = 7;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public DrillSettings {
        if (replicasMax < spec.minReplicas()) {
            throw new IllegalArgumentException(
                    "at most %d workers are less than the policy's minReplicas (%d)"
                            .formatted(replicasMax, spec.minReplicas()));
        }
        if (replicasMax > WORKERS_MAX) {
            throw new IllegalArgumentException(
                    "PostgreSQL has connections for %d workers, not for %d"
                            .formatted(WORKERS_MAX, replicasMax));
        }
        if (!(quiet > 0)) {
            throw new IllegalArgumentException("the quiet load must be positive: " + quiet);
        }
        if (factor < 1) {
            throw new IllegalArgumentException("time cannot run slower: " + factor);
        }
        for (Period period : periods(spec, around)) {
            if (period.time().dividedBy(factor).compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException(
                        "%d times as fast makes %s (%s) shorter than a second; at most %d"
                                .formatted(
                                        factor,
                                        period.name(),
                                        period.time(),
                                        period.time().toSeconds()));
            }
        }
        around = around.withoutNoise();
    }

    private record Period(String name, Duration time) {}

    /** All that divides time; a window of zero does not. The shortest decides first. */
    private static List<Period> periods(HpaSpec spec, Settings around) {
        var periods = new ArrayList<Period>();
        periods.add(new Period("the sync period", around.flags().syncPeriod()));
        periods.add(new Period("the metrics server's period", around.scrape()));
        periods.add(new Period("the queue's period", around.adapter()));
        periods.add(new Period("the CPU initialization", around.flags().cpuInitializationPeriod()));
        Behavior behavior = spec.behavior();
        if (behavior != null) {
            add(periods, "scaleUp", behavior.up());
            add(periods, "scaleDown", behavior.down());
        }
        periods.sort((one, other) -> one.time().compareTo(other.time()));
        return periods;
    }

    private static void add(List<Period> periods, String direction, ScalingRules rules) {
        @Nullable Duration window = rules.window();
        if (window != null && window.isPositive()) {
            periods.add(new Period(direction + "'s window", window));
        }
        for (ScalingPolicy policy : rules.policies()) {
            periods.add(new Period("a period of " + direction, policy.period()));
        }
    }

    /** The same, and the planted policy is the one. */
    DrillSettings asPlanted() {
        return new DrillSettings(
                planted.orElse(spec),
                replicasMax,
                capacity,
                around,
                load,
                quiet,
                factor,
                kill,
                slo,
                Optional.empty());
    }

    /** The policy with no more workers than the machine shall have. */
    HpaSpec bounded() {
        return spec.withReplicas(spec.minReplicas(), Math.min(spec.maxReplicas(), replicasMax));
    }

    /** A simulation of the load with the pods that the policy was made for. */
    Run undisturbed() {
        return new Simulation(bounded(), capacity, around)
                .run(load.times(quiet * capacity.itemsPerSecond()));
    }

    /** A time of the policy on the machine's clock. */
    Duration real(Duration time) {
        return time.dividedBy(factor);
    }
}
