package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.hpa.Cluster;
import io.gleaner.perf.autoscale.hpa.ClusterException;
import io.gleaner.perf.autoscale.hpa.Pod;
import io.gleaner.perf.autoscale.hpa.PodMetric;
import io.gleaner.perf.autoscale.hpa.Scale;
import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.simulate.Capacity;
import io.gleaner.perf.autoscale.simulate.Settings;
import io.gleaner.perf.bench.Api;
import io.gleaner.perf.pods.Deployment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Real workers and their metrics, as the controller sees a cluster. */
final class DrillCluster implements Cluster {

    private static final double MILLI = 1000;
    private static final double BYTES_PER_MIB = 1024.0 * 1024;
    private static final Duration METRICS_PATIENCE = Duration.ofSeconds(1);

    /** How the number of workers is changed. */
    interface Scaling {
        void to(int replicas);
    }

    private final Deployment workers;
    private final Scaling scaling;
    private final Api api;
    private final String queueMetric;
    private final FastClock clock;
    private final Map<String, Long> requests;
    private final MetricsServer metrics;
    private final Set<io.gleaner.perf.pods.Pod> started = new LinkedHashSet<>();
    private final Instant made = Instant.now();
    private OptionalDouble queue = OptionalDouble.empty();
    private int wanted;

    /**
     * @param replicas that there are
     * @param capacity whose requests the workers have
     */
    DrillCluster(
            Deployment workers,
            Scaling scaling,
            int replicas,
            Api api,
            Settings around,
            Capacity capacity,
            FastClock clock) {
        this.workers = workers;
        this.scaling = scaling;
        this.wanted = replicas;
        this.api = api;
        this.queueMetric = around.queueMetric();
        this.metrics = new MetricsServer(around.scrape());
        this.clock = clock;
        this.requests =
                Map.of(
                        MetricSpec.CPU,
                        Math.round(capacity.cpuRequestMilli()),
                        MetricSpec.MEMORY,
                        Math.round(capacity.memoryRequestMiB() * BYTES_PER_MIB * MILLI));
    }

    /** The metrics server looks at the processes. */
    void scrape() {
        all().filter(pod -> pod.createdAt().isAfter(made)).forEach(started::add);
        metrics.scrape(all().toList(), clock);
    }

    /** The adapter asks the API for the length of the queue. */
    void seeQueue() {
        try {
            Double now = api.metrics(METRICS_PATIENCE).get(queueMetric);
            queue = now == null ? OptionalDouble.empty() : OptionalDouble.of(now);
        } catch (IOException e) {
            queue = OptionalDouble.empty();
        }
    }

    /** Seconds until they were ready, of the pods that started here and became so. */
    List<Double> readySeconds() {
        return started.stream()
                .flatMap(pod -> pod.startUp().stream())
                .map(time -> time.toNanos() / 1e9)
                .toList();
    }

    private Stream<io.gleaner.perf.pods.Pod> all() {
        return Stream.concat(workers.pods().stream(), workers.leaving().stream());
    }

    int ready() {
        return workers.ready();
    }

    /** All that cost: starting, working and ending ones. */
    int existing() {
        return (int) all().count();
    }

    @Override
    public Scale scale() {
        return new Scale(wanted, workers.pods().size());
    }

    @Override
    public void scaleTo(int replicas) {
        scaling.to(replicas);
        wanted = replicas;
    }

    @Override
    public List<Pod> pods() {
        return Stream.concat(
                        workers.pods().stream().map(pod -> seen(pod, false)),
                        workers.leaving().stream().map(pod -> seen(pod, true)))
                .toList();
    }

    // A container runs from the start of its process on; here nothing else is waited for.
    private Pod seen(io.gleaner.perf.pods.Pod pod, boolean deleted) {
        Instant created = clock.at(pod.createdAt());
        return new Pod(
                pod.name(),
                pod.phase() == io.gleaner.perf.pods.Pod.Phase.ENDED
                        ? Pod.Phase.FAILED
                        : Pod.Phase.RUNNING,
                deleted,
                created,
                pod.readySince()
                        .map(since -> new Pod.Ready(Pod.Status.TRUE, clock.at(since)))
                        .orElse(new Pod.Ready(Pod.Status.FALSE, created)),
                List.of(new Pod.Container("gleaner", requests)));
    }

    @Override
    public Map<String, PodMetric> resourceMetric(String resource, @Nullable String container) {
        return metrics.metric(resource);
    }

    @Override
    public Map<String, PodMetric> podsMetric(MetricId metric) throws ClusterException {
        throw unknown(metric);
    }

    @Override
    public long objectMetric(MetricSpec.ObjectMetric metric) throws ClusterException {
        throw unknown(metric.metric());
    }

    @Override
    public List<Long> externalMetric(MetricId metric) throws ClusterException {
        if (!metric.name().equals(queueMetric)) {
            throw unknown(metric);
        }
        return List.of(
                Math.round(
                        MILLI
                                * queue.orElseThrow(
                                        () ->
                                                new ClusterException(
                                                        "the API did not tell " + queueMetric))));
    }

    private static ClusterException unknown(MetricId metric) {
        return new ClusterException("the drill knows no metric " + metric.name());
    }
}
