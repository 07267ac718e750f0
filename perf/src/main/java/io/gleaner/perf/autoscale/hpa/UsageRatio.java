package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.hpa.Proposal.Usage;
import java.util.Map;

/**
 * Usage over target: metrics/utilization.go. Integer division truncates at every step, and that
 * decides.
 *
 * @param ratio over 1 asks for more pods
 */
record UsageRatio(double ratio, Usage usage) {

    /**
     * {@code GetResourceUtilizationRatio}: whole percent of the sum of the requests. Samples of
     * unknown pods are left out of the sums, but not of the number of pods that a caller takes.
     */
    static UsageRatio ofUtilization(
            Map<String, PodMetric> metrics, Map<String, Long> requests, int targetPercent)
            throws ClusterException {
        long used = 0;
        long requested = 0;
        int pods = 0;
        for (var entry : metrics.entrySet()) {
            Long request = requests.get(entry.getKey());
            if (request != null) {
                used += entry.getValue().milli();
                requested += request;
                pods++;
            }
        }
        if (requested == 0) {
            throw new ClusterException("no metrics returned matched known pods");
        }
        int percent = (int) (used * 100 / requested);
        return new UsageRatio(
                (double) percent / targetPercent, new Usage.Percent(percent, used / pods));
    }

    /** {@code GetMetricUsageRatio}: whole milli-units for each pod. */
    static UsageRatio ofAverage(Map<String, PodMetric> metrics, long targetMilli) {
        long used = metrics.values().stream().mapToLong(PodMetric::milli).sum();
        long average = used / metrics.size();
        return new UsageRatio((double) average / targetMilli, new Usage.Average(average));
    }
}
