package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster written down in a line, such as {@code "2*300/1000 unready:500/1000 pending:-/1000
 * extra:7"}: for each pod its state, what it uses ({@code -} means no sample) and what it requests,
 * in milli-units.
 *
 * <p>States: none is ready for an hour; {@code unready} has never been ready; {@code lapsed} was
 * ready and is not; {@code young} is ready but has only just started; {@code pending}, {@code
 * failed}, {@code done} are phases; {@code ending} is being deleted; {@code extra} is a sample of a
 * pod that is not there.
 */
final class TestCluster implements Cluster {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final List<Pod> pods = new ArrayList<>();
    private final Map<String, PodMetric> samples = new HashMap<>();
    private final Map<String, List<Long>> series = new HashMap<>();
    private @Nullable String trouble;
    private int specReplicas;
    private int statusReplicas;

    TestCluster(int replicas, String line) {
        this.specReplicas = replicas;
        this.statusReplicas = replicas;
        for (String item : line.isBlank() ? new String[0] : line.strip().split("\\s+", -1)) {
            int times =
                    item.contains("*") ? Integer.parseInt(item.substring(0, item.indexOf('*'))) : 1;
            for (int i = 0; i < times; i++) {
                add(item.substring(item.indexOf('*') + 1));
            }
        }
    }

    private void add(String item) {
        String state = item.contains(":") ? item.substring(0, item.indexOf(':')) : "ready";
        String[] values = item.substring(item.indexOf(':') + 1).split("/", -1);
        String name = "pod-" + samples.size() + "-" + pods.size();
        if (!values[0].equals("-")) {
            samples.put(name, new PodMetric(Long.parseLong(values[0]), NOW, WINDOW));
        }
        if (!state.equals("extra")) {
            Map<String, Long> requests =
                    values.length == 1
                            ? Map.of()
                            : Map.of(
                                    MetricSpec.CPU, Long.parseLong(values[1]),
                                    MetricSpec.MEMORY, Long.parseLong(values[1]));
            pods.add(pod(name, state, List.of(new Pod.Container("main", requests))));
        }
    }

    private static Pod pod(String name, String state, List<Pod.Container> containers) {
        Pod.Phase phase =
                switch (state) {
                    case "pending" -> Pod.Phase.PENDING;
                    case "failed" -> Pod.Phase.FAILED;
                    case "done" -> Pod.Phase.SUCCEEDED;
                    default -> Pod.Phase.RUNNING;
                };
        Instant start = state.equals("young") ? NOW : LONG_AGO;
        Pod.Ready ready =
                switch (state) {
                    case "unready", "pending", "failed", "done" ->
                            new Pod.Ready(Pod.Status.FALSE, start);
                    case "lapsed" ->
                            new Pod.Ready(Pod.Status.FALSE, NOW.minus(Duration.ofMinutes(10)));
                    default -> new Pod.Ready(Pod.Status.TRUE, start);
                };
        return new Pod(
                name,
                phase,
                state.equals("ending"),
                state.equals("pending") ? null : start,
                ready,
                containers);
    }

    /** An Object or External metric, its series apart by spaces. */
    TestCluster with(String metric, String values) {
        List<Long> parsed = new ArrayList<>();
        for (String value : values.strip().split("\\s+", -1)) {
            parsed.add(value.equals("max") ? Long.MAX_VALUE : Long.parseLong(value));
        }
        series.put(metric, parsed);
        return this;
    }

    TestCluster withStatusReplicas(int replicas) {
        statusReplicas = replicas;
        return this;
    }

    /** What a write of the scale fails with. */
    TestCluster whoseScaleFails(String message) {
        trouble = message;
        return this;
    }

    int replicas() {
        return specReplicas;
    }

    @Override
    public Scale scale() {
        return new Scale(specReplicas, statusReplicas);
    }

    @Override
    public void scaleTo(int replicas) throws ClusterException {
        if (trouble != null) {
            throw new ClusterException(trouble);
        }
        specReplicas = replicas;
    }

    @Override
    public List<Pod> pods() {
        return pods;
    }

    @Override
    public Map<String, PodMetric> resourceMetric(String resource, @Nullable String container) {
        return samples;
    }

    @Override
    public Map<String, PodMetric> podsMetric(MetricId metric) {
        return samples;
    }

    @Override
    public long objectMetric(MetricSpec.ObjectMetric metric) throws ClusterException {
        return externalMetric(metric.metric()).getFirst();
    }

    @Override
    public List<Long> externalMetric(MetricId metric) throws ClusterException {
        List<Long> values = series.get(metric.name());
        if (values == null) {
            throw new ClusterException("the metrics API does not know " + metric.name());
        }
        return values;
    }
}
