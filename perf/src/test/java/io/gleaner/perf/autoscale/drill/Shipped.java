package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.policy.Behavior;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.PolicyFile;
import io.gleaner.perf.autoscale.policy.ScalingRules;
import io.gleaner.perf.autoscale.simulate.Capacity;
import io.gleaner.perf.autoscale.simulate.Settings;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.autoscale.simulate.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The policy and the capacity that are in the repository. */
final class Shipped {

    private static final Path ROOT = Path.of("..");

    private Shipped() {}

    static HpaSpec policy() {
        return PolicyFile.read(ROOT.resolve("deploy/k8s/base/hpa.yml")).stream()
                .filter(one -> one.target().equals("gleaner-worker"))
                .findFirst()
                .orElseThrow();
    }

    static HpaSpec withDownWindow(Duration window) {
        Behavior behavior = Objects.requireNonNull(policy().behavior());
        ScalingRules down = behavior.down();
        return policy().withBehavior(
                        new Behavior(
                                behavior.up(),
                                new ScalingRules(
                                        window, down.select(), down.policies(), down.tolerance())));
    }

    static Capacity capacity() {
        return Capacity.read(ROOT.resolve("docs/performance/capacity.json"), "worker", Map.of());
    }

    static DrillSettings drill(int factor) {
        return drill(factor, policy());
    }

    static DrillSettings drill(int factor, HpaSpec spec) {
        return new DrillSettings(
                spec,
                6,
                capacity(),
                Settings.DEFAULT,
                Trace.named("spike", 1),
                0.4,
                factor,
                false,
                Slo.DEFAULT,
                Optional.empty());
    }
}
