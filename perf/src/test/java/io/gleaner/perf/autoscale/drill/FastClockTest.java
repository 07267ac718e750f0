package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.hpa.Cluster;
import io.gleaner.perf.autoscale.hpa.ControllerFlags;
import io.gleaner.perf.autoscale.hpa.Hpa;
import io.gleaner.perf.autoscale.hpa.Pod;
import io.gleaner.perf.autoscale.hpa.PodMetric;
import io.gleaner.perf.autoscale.hpa.Scale;
import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FastClockTest {

    private static final Instant BEGAN = Instant.parse("2026-11-27T04:00:00Z");
    private static final int FACTOR = 5;

    private Instant now = BEGAN;

    @Test
    void aSecondOfTheMachineIsSeveralOfThePolicy() {
        var clock = new FastClock(() -> now, BEGAN, FACTOR);
        now = BEGAN.plusMillis(1_500);
        assertThat(clock.instant()).isEqualTo(BEGAN.plusMillis(7_500));
        assertThat(clock.secondsUntil(BEGAN.plusSeconds(60))).isEqualTo(300);
        assertThat(clock.at(BEGAN.minusSeconds(2))).isEqualTo(BEGAN.minusSeconds(10));
    }

    /** A queue that comes and goes, whatever is done about it. */
    private static final class Wave implements Cluster {
        private int wanted = 2;
        private int second;

        @Override
        public Scale scale() {
            return new Scale(wanted, wanted);
        }

        @Override
        public void scaleTo(int replicas) {
            wanted = replicas;
        }

        @Override
        public List<Pod> pods() {
            return List.of();
        }

        @Override
        public Map<String, PodMetric> resourceMetric(String resource, @Nullable String container) {
            return Map.of();
        }

        @Override
        public Map<String, PodMetric> podsMetric(MetricId metric) {
            return Map.of();
        }

        @Override
        public long objectMetric(MetricSpec.ObjectMetric metric) {
            return 0;
        }

        @Override
        public List<Long> externalMetric(MetricId metric) {
            return List.of(1000L * (second > 60 && second < 300 ? 50_000 : 2_000));
        }
    }

    private List<Integer> replicas(InstantSource clock, int factor) {
        var queueOnly =
                Shipped.policy()
                        .withMetrics(
                                Shipped.policy().metrics().stream()
                                        .filter(MetricSpec.External.class::isInstance)
                                        .toList());
        var hpa = new Hpa(queueOnly, ControllerFlags.DEFAULT, clock);
        var cluster = new Wave();
        var replicas = new ArrayList<Integer>();
        for (int second = 0; second < 1_200; second += 15) {
            now = BEGAN.plus(Duration.ofSeconds(second).dividedBy(factor));
            cluster.second = second;
            replicas.add(hpa.sync(cluster).desired());
        }
        return replicas;
    }

    @Test
    void theControllerDecidesTheSameWhenTimeRunsFaster() {
        List<Integer> slow = replicas(() -> now, 1);
        now = BEGAN;
        List<Integer> fast = replicas(new FastClock(() -> now, BEGAN, FACTOR), FACTOR);
        assertThat(fast).isEqualTo(slow).contains(2, 17);
        // It is the clock that does it: without it the windows are five times too long.
        now = BEGAN;
        assertThat(replicas(() -> now, FACTOR)).isNotEqualTo(slow);
    }
}
