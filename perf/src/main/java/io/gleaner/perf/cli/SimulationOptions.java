package io.gleaner.perf.cli;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.PolicyFile;
import io.gleaner.perf.autoscale.simulate.Capacity;
import io.gleaner.perf.autoscale.simulate.Settings;
import io.gleaner.perf.autoscale.simulate.Simulation;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.autoscale.simulate.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What both commands of {@code gleaner autoscale} take. */
final class SimulationOptions {

    private static final String PREFIX = "gleaner-";

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Autoscalers as YAML (default deploy/k8s/base/hpa.yml).")
    private Path policy = Path.of("deploy", "k8s", "base", "hpa.yml");

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "Deployment whose autoscaler it is (gleaner-worker).")
    private String target = "gleaner-worker";

    @Option(
            names = "--capacity",
            paramLabel = "FILE",
            description = "What a pod can do (default docs/performance/capacity.json).")
    private Path capacity = Path.of("docs", "performance", "capacity.json");

    @Option(
            names = "--pod",
            paramLabel = "NAME=VALUE",
            description = "A figure instead of the file's, like readySeconds=20; may be repeated.")
    private Map<String, Double> figures = Map.of();

    @Option(
            names = "--base",
            paramLabel = "RATE",
            description = "Items per second of a quiet time (default: what one pod can do).")
    private @Nullable Double base;

    @Option(
            names = "--slo-wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time in the queue that 99 of 100 may not exceed (1m).")
    private Duration sloWait = Slo.DEFAULT.queueTime();

    @Option(
            names = "--slo-flaps",
            paramLabel = "N",
            description = "Rises or falls undone within five minutes, at most (0).")
    private int sloFlaps = Slo.DEFAULT.flaps();

    @Option(
            names = "--slo-pod-hours",
            paramLabel = "N",
            description = "Pod-hours of one trace, at most (no bound).")
    private double sloPodHours = Slo.DEFAULT.podHours();

    @Option(names = "--seed", paramLabel = "N", description = "Other noise and phases (1).")
    private long seed = 1;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Where the report goes (default perf/target/reports).")
    private Path report = Path.of("perf", "target", "reports");

    Simulation simulation() {
        HpaSpec spec = policy(policy, target);
        String tier = target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : target;
        return new Simulation(
                spec, Capacity.read(capacity, tier, figures), Settings.DEFAULT.withSeed(seed));
    }

    /** The autoscaler of a Deployment. */
    static HpaSpec policy(Path file, String target) {
        List<HpaSpec> specs = PolicyFile.read(file);
        return specs.stream()
                .filter(one -> one.target().equals(target))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s scales no '%s', but %s"
                                                .formatted(
                                                        file,
                                                        target,
                                                        specs.stream()
                                                                .map(HpaSpec::target)
                                                                .toList())));
    }

    Slo slo() {
        return new Slo(sloWait, sloFlaps, sloPodHours);
    }

    Path report() {
        return report;
    }

    /** The traces of these names; {@code all} are the built-in ones, a file is one of its own. */
    List<Trace> traces(List<String> names, Simulation simulation) {
        double rate = base == null ? simulation.capacity().itemsPerSecond() : base;
        return names.stream()
                .flatMap(name -> name.equals("all") ? Trace.NAMES.stream() : Stream.of(name))
                .map(
                        name ->
                                !Trace.NAMES.contains(name) && Files.isRegularFile(Path.of(name))
                                        ? Trace.read(Path.of(name))
                                        : Trace.named(name, rate))
                .toList();
    }
}
