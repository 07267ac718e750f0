package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replicas from samples of single pods: {@code GetResourceReplicas} and {@code
 * calcPlainMetricReplicas} in replica_calculator.go. They differ only in how a ratio is made and in
 * what a missing pod is taken to use.
 */
record PodSamples(Tolerances tolerances, ControllerFlags flags, InstantSource clock) {

    private static final int FULL = 100;

    /** A share of the requests. */
    Proposal byUtilization(
            MetricSpec metric,
            Map<String, PodMetric> measured,
            String resource,
            @Nullable String container,
            int targetPercent,
            int current,
            List<Pod> pods)
            throws ClusterException {
        // Not before there are samples: that a request is missing is only said if there are.
        Sorted sorted = sort(measured, resource, pods);
        Map<String, Long> requests = PodRequests.of(pods, resource, container);
        // On the way down a pod without a sample is taken to use its whole request, or the target
        // if that is more.
        long fallback = Math.max(FULL, targetPercent);
        return decide(
                metric,
                sorted,
                current,
                samples -> UsageRatio.ofUtilization(samples, requests, targetPercent),
                pod -> requests.getOrDefault(pod, 0L) * fallback / FULL);
    }

    /**
     * So much for each pod.
     *
     * @param resource empty for a custom metric, so that no CPU rule applies
     */
    Proposal byAverage(
            MetricSpec metric,
            Map<String, PodMetric> measured,
            String resource,
            long targetMilli,
            int current,
            List<Pod> pods)
            throws ClusterException {
        return decide(
                metric,
                sort(measured, resource, pods),
                current,
                samples -> UsageRatio.ofAverage(samples, targetMilli),
                pod -> targetMilli);
    }

    private record Sorted(Map<String, PodMetric> samples, PodGroups groups) {}

    private interface Ratio {
        UsageRatio of(Map<String, PodMetric> samples) throws ClusterException;
    }

    private interface Fallback {
        long of(String pod);
    }

    private Sorted sort(Map<String, PodMetric> measured, String resource, List<Pod> pods)
            throws ClusterException {
        if (pods.isEmpty()) {
            throw new ClusterException(
                    "no pods returned by selector while calculating replica count");
        }
        var groups = PodGroups.of(pods, measured, resource, flags, clock.instant());
        Map<String, PodMetric> samples = new HashMap<>(measured);
        samples.keySet().removeAll(groups.ignored());
        samples.keySet().removeAll(groups.unready());
        if (samples.isEmpty()) {
            throw new ClusterException(
                    "did not receive metrics for targeted pods (pods might be unready)");
        }
        return new Sorted(samples, groups);
    }

    private Proposal decide(
            MetricSpec metric, Sorted sorted, int current, Ratio ratio, Fallback fallback)
            throws ClusterException {
        Map<String, PodMetric> samples = sorted.samples();
        PodGroups groups = sorted.groups();
        UsageRatio first = ratio.of(samples);
        boolean upWithUnready = !groups.unready().isEmpty() && first.ratio() > 1.0;
        if (!upWithUnready && groups.missing().isEmpty()) {
            int replicas =
                    tolerances.contain(first.ratio())
                            ? current
                            : (int) Math.ceil(first.ratio() * groups.ready());
            return new Proposal(metric, replicas, first.usage());
        }
        // Doubt damps: who is missing uses much on the way down and nothing on the way up.
        if (first.ratio() < 1.0) {
            groups.missing().forEach(pod -> samples.put(pod, guess(fallback.of(pod))));
        } else if (first.ratio() > 1.0) {
            groups.missing().forEach(pod -> samples.put(pod, guess(0)));
        }
        if (upWithUnready) {
            groups.unready().forEach(pod -> samples.put(pod, guess(0)));
        }
        double again = ratio.of(samples).ratio();
        int replicas = (int) Math.ceil(again * samples.size());
        return new Proposal(
                metric,
                doubtful(first.ratio(), again, replicas, current) ? current : replicas,
                first.usage());
    }

    // The guess is within the tolerance or turns the direction round: then it says nothing.
    private boolean doubtful(double first, double again, int replicas, int current) {
        return tolerances.contain(again)
                || (first < 1.0 && again > 1.0)
                || (first > 1.0 && again < 1.0)
                || (again < 1.0 && replicas > current)
                || (again > 1.0 && replicas < current);
    }

    private PodMetric guess(long milli) {
        return new PodMetric(milli, clock.instant(), Duration.ZERO);
    }
}
