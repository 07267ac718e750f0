package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.drill.MetricsServer.Look;
import io.gleaner.perf.autoscale.hpa.PodMetric;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.process.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

    private static final Instant BEGAN = Instant.parse("2026-11-27T04:00:00Z");
    private static final long MIB = 1 << 20;

    private final FastClock clock = new FastClock(() -> BEGAN, BEGAN, 5);
    private final MetricsServer metrics = new MetricsServer(Duration.ofSeconds(15));

    private static Look look(int second, double cpuSeconds, long rss) {
        return new Look(
                BEGAN.minusSeconds(60), BEGAN.plusSeconds(second), new Usage(cpuSeconds, rss, rss));
    }

    @Test
    void aPodHasASampleFromTheSecondLookOn() {
        metrics.take(Map.of("a", look(3, 2.0, MIB)), clock);
        assertThat(metrics.metric(MetricSpec.CPU)).isEmpty();
        metrics.take(Map.of("a", look(6, 2.3, MIB), "b", look(6, 1.0, MIB)), clock);
        assertThat(metrics.metric(MetricSpec.CPU)).containsOnlyKeys("a");
    }

    @Test
    void aPodThatIsYoungerThanTheTimeBetweenTwoLooksIsCountedFromItsStart() {
        // Two and a half seconds of the machine are twelve and a half of the policy.
        Instant started = BEGAN.plusMillis(500);
        metrics.take(
                Map.of("a", new Look(started, BEGAN.plusSeconds(3), new Usage(0.5, MIB, MIB))),
                clock);
        assertThat(metrics.metric(MetricSpec.CPU))
                .containsEntry(
                        "a", new PodMetric(200, BEGAN.plusSeconds(15), Duration.ofMillis(12_500)));
    }

    @Test
    void aPodThatHasJustStartedIsNot() {
        Instant started = BEGAN.plusMillis(1_500);
        metrics.take(
                Map.of("a", new Look(started, BEGAN.plusSeconds(3), new Usage(0.5, MIB, MIB))),
                clock);
        assertThat(metrics.metric(MetricSpec.CPU)).isEmpty();
    }

    @Test
    void aCoreIsACoreHoweverFastTimeRuns() {
        metrics.take(Map.of("a", look(3, 2.0, MIB)), clock);
        metrics.take(Map.of("a", look(6, 2.3, 2 * MIB)), clock);
        // 0.3 s of CPU in 3 s of the machine's time; 15 s of the policy's, half a minute after
        // begin.
        assertThat(metrics.metric(MetricSpec.CPU))
                .containsEntry(
                        "a", new PodMetric(100, BEGAN.plusSeconds(30), Duration.ofSeconds(15)));
        assertThat(metrics.metric(MetricSpec.MEMORY).get("a"))
                .extracting(PodMetric::milli)
                .isEqualTo(2 * MIB * 1000);
    }

    @Test
    void aPodThatIsGoneIsForgotten() {
        metrics.take(Map.of("a", look(3, 2.0, MIB)), clock);
        metrics.take(Map.of("a", look(6, 2.3, MIB)), clock);
        metrics.take(Map.of(), clock);
        assertThat(metrics.metric(MetricSpec.CPU)).isEmpty();
        metrics.take(Map.of("a", look(9, 0.1, MIB)), clock);
        assertThat(metrics.metric(MetricSpec.CPU)).isEmpty();
    }
}
