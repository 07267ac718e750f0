package io.gleaner.perf.autoscale.simulate;

import io.gleaner.perf.autoscale.hpa.Cluster;
import io.gleaner.perf.autoscale.hpa.ClusterException;
import io.gleaner.perf.autoscale.hpa.Pod;
import io.gleaner.perf.autoscale.hpa.PodMetric;
import io.gleaner.perf.autoscale.hpa.Scale;
import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment, its ReplicaSet, a metrics server and an adapter for the queue, all as fast as
 * {@link Settings} says.
 */
final class SimulatedCluster implements Cluster, InstantSource {

    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

    private final Variation.Lots lots;
    private final Settings settings;
    private final List<SimulatedPod> pods = new ArrayList<>();
    private int second;
    private int wanted;
    private int named;
    private long queueMilli;

    SimulatedCluster(int replicas, Variation.Lots lots, Settings settings) {
        this.lots = lots;
        this.settings = settings;
        grow(replicas, true);
        this.wanted = replicas;
    }

    @Override
    public Instant instant() {
        return BEGAN.plusSeconds(second);
    }

    /** Time goes on; pods that have ended are gone. */
    void advance(int now) {
        second = now;
        pods.removeIf(pod -> pod.gone(now));
    }

    int ready() {
        return (int) pods.stream().filter(pod -> pod.ready(second)).count();
    }

    /** All that cost: starting, working and ending ones. */
    int existing() {
        return pods.size();
    }

    /** Splits the work of a second evenly over the ready pods. */
    void work(double items) {
        int ready = ready();
        for (SimulatedPod pod : pods) {
            pod.work(second, pod.ready(second) ? items / ready : 0);
        }
    }

    void scrape(Duration window) {
        pods.forEach(pod -> pod.scrape(instant(), window));
    }

    void seeQueue(double items) {
        queueMilli = Math.round(items * 1000);
    }

    @Override
    public Scale scale() {
        return new Scale(wanted, (int) pods.stream().filter(pod -> !pod.ending()).count());
    }

    @Override
    public void scaleTo(int replicas) {
        if (replicas > wanted) {
            grow(replicas - wanted, false);
        } else {
            shrink(wanted - replicas);
        }
        wanted = replicas;
    }

    private void grow(int by, boolean there) {
        for (int i = 0; i < by; i++) {
            named++;
            pods.add(new SimulatedPod("pod-" + named, second, there, lots));
        }
    }

    // As a ReplicaSet chooses: first those that are not ready, then the youngest.
    private void shrink(int by) {
        pods.stream()
                .filter(pod -> !pod.ending())
                .sorted(Comparator.comparingDouble(SimulatedPod::readyAt).reversed())
                .limit(by)
                .forEach(pod -> pod.end(second + (int) settings.drain().toSeconds()));
    }

    @Override
    public List<Pod> pods() {
        return pods.stream().map(pod -> pod.seen(second, BEGAN)).toList();
    }

    @Override
    public Map<String, PodMetric> resourceMetric(String resource, @Nullable String container) {
        Map<String, PodMetric> metrics = new HashMap<>();
        for (SimulatedPod pod : pods) {
            PodMetric metric = pod.metric(resource);
            if (metric != null) {
                metrics.put(pod.name(), metric);
            }
        }
        return metrics;
    }

    @Override
    public Map<String, PodMetric> podsMetric(MetricId metric) throws ClusterException {
        throw new ClusterException("the simulation knows no metric " + metric.name());
    }

    @Override
    public long objectMetric(MetricSpec.ObjectMetric metric) throws ClusterException {
        throw new ClusterException("the simulation knows no metric " + metric.metric().name());
    }

    @Override
    public List<Long> externalMetric(MetricId metric) throws ClusterException {
        if (!metric.name().equals(settings.queueMetric())) {
            throw new ClusterException("the simulation knows no metric " + metric.name());
        }
        return List.of(queueMilli);
    }
}
