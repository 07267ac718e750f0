package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.Target;
import io.gleaner.perf.autoscale.simulate.Capacity;
import org.junit.jupiter.api.Test;

class MiniatureTest {

    private static final WorkerFigures WORKER = Workers.like(10, 6.5, 15, 180, 3);

    private final DrillSettings settings = Shipped.drill(5);
    private final Miniature miniature = Miniature.of(settings, WORKER);
    private final Capacity file = settings.capacity();
    private final Capacity small = miniature.capacity();

    private static long queueMilli(HpaSpec spec) {
        return spec.metrics().stream()
                .filter(MetricSpec.External.class::isInstance)
                .map(metric -> ((MetricSpec.External) metric).target())
                .mapToLong(target -> ((Target.AverageValue) target).milli())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void timeThatRunsFiveTimesAsFastLeavesAFifthOfTheWorkToASecond() {
        assertThat(small.itemsPerSecond()).isEqualTo(2);
        assertThat(small.readySeconds()).isEqualTo(15);
    }

    @Test
    void theQueueForAPodStaysAsManySecondsOfItsWork() {
        double before = queueMilli(settings.spec()) / file.itemsPerSecond();
        double after = queueMilli(miniature.spec()) / small.itemsPerSecond();
        assertThat(after).isCloseTo(before, within(0.5));
    }

    @Test
    void aFullWorkerUsesTheSameShareOfItsRequestAsAFullPodOfTheFile() {
        assertThat(fullShare(small)).isCloseTo(fullShare(file), within(1e-9));
        assertThat(small.idleMemoryMiB() / small.memoryRequestMiB())
                .isBetween(
                        file.idleMemoryMiB() / file.memoryRequestMiB(),
                        1.05 * file.idleMemoryMiB() / file.memoryRequestMiB());
    }

    private static double fullShare(Capacity of) {
        return (of.idleCpuMilli() + of.itemsPerSecond() * of.cpuMillisPerItem())
                / of.cpuRequestMilli();
    }

    @Test
    void sharesWindowsAndStepsStayAsTheyAreWritten() {
        assertThat(miniature.spec().behavior()).isEqualTo(settings.spec().behavior());
        assertThat(miniature.spec().minReplicas()).isEqualTo(2);
        assertThat(miniature.spec().maxReplicas()).isEqualTo(6);
        assertThat(miniature.spec().metrics().subList(0, 2))
                .isEqualTo(settings.spec().metrics().subList(0, 2));
    }

    @Test
    void theCpuOfAnIdleWorkerIsOnTheLineThroughFullAndQuietLoad() {
        assertThat(Workers.measured(10, 100, 0.5, 24).idleCpuMilli().median())
                .isCloseTo(20, within(1e-9));
        assertThat(Workers.measured(10, 100, 5, 40).idleCpuMilli().median()).isZero();
    }

    @Test
    void aWorkerWhoseWorkTakesNoCpuCannotBeScaledByIt() {
        assertThatThrownBy(() -> Workers.like(10, 0, 15, 180, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0 pages/s with 0 ms of CPU for a page");
    }
}
