package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.hpa.PodMetric;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.pods.Pod;
import io.gleaner.perf.process.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CPU and memory of pods as Kubernetes' metrics server has them: CPU is the time used between two
 * looks, or since the start of a young pod, so most pods have no sample before the second look;
 * memory is what is resident.
 */
final class MetricsServer {

    private static final double MILLI = 1000;

    /** What a pod had used when it was looked at. */
    record Look(Instant startedAt, Instant at, Usage usage) {

        Look start() {
            return new Look(startedAt, startedAt, new Usage(0, 0, 0));
        }
    }

    private final Duration resolution;
    private final Map<String, Look> last = new HashMap<>();
    private final Map<String, PodMetric> cpu = new HashMap<>();
    private final Map<String, PodMetric> memory = new HashMap<>();

    MetricsServer(Duration resolution) {
        this.resolution = resolution;
    }

    /** Looks at the processes that are up; forgets the pods that are not among these. */
    void scrape(List<Pod> pods, FastClock clock) {
        Map<String, Look> looks = new HashMap<>();
        for (Pod pod : pods) {
            pod.service()
                    .filter(service -> service.isAlive())
                    .ifPresent(
                            service ->
                                    looks.put(
                                            pod.name(),
                                            new Look(
                                                    pod.createdAt(),
                                                    Instant.now(),
                                                    service.usage())));
        }
        take(looks, clock);
    }

    void take(Map<String, Look> looks, FastClock clock) {
        cpu.clear();
        memory.clear();
        looks.forEach(
                (pod, look) -> {
                    Look before = before(pod, look, clock);
                    if (before != null) {
                        Instant at = clock.at(look.at());
                        Duration window = Duration.between(clock.at(before.at()), at);
                        cpu.put(pod, new PodMetric(cpuMilli(before, look), at, window));
                        memory.put(
                                pod,
                                new PodMetric(
                                        Math.round(look.usage().rssBytes() * MILLI), at, window));
                    }
                });
        last.clear();
        last.putAll(looks);
    }

    private @Nullable Look before(String pod, Look look, FastClock clock) {
        Duration age = Duration.between(clock.at(look.startedAt()), clock.at(look.at()));
        return last.getOrDefault(
                pod, PodMetric.countsFromStart(age, resolution) ? look.start() : null);
    }

    /**
     * Thousandths of a core, by the machine's time: a core is one however fast the policy's runs.
     */
    private static long cpuMilli(Look before, Look now) {
        double seconds = Duration.between(before.at(), now.at()).toNanos() / 1e9;
        return Math.round(MILLI * now.usage().since(before.usage()).cpuSeconds() / seconds);
    }

    Map<String, PodMetric> metric(String resource) {
        return Map.copyOf(resource.equals(MetricSpec.CPU) ? cpu : memory);
    }
}
