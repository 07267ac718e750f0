package io.gleaner.perf.autoscale.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.PolicyFile;
import io.gleaner.perf.autoscale.simulate.Capacity;
import io.gleaner.perf.autoscale.simulate.Settings;
import io.gleaner.perf.autoscale.simulate.Simulation;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.autoscale.simulate.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TuningTest {

    private final HpaSpec worker = PolicyFile.read(Path.of("../deploy/k8s/base/hpa.yml")).getLast();
    private final Capacity capacity =
            Capacity.read(Path.of("../docs/performance/capacity.json"), "worker", Map.of());

    private Tuning.Result tune(HpaSpec spec, Slo slo) {
        return new Tuning(
                        new Simulation(spec, capacity, Settings.DEFAULT),
                        slo,
                        List.of(Trace.named("spike", capacity.itemsPerSecond())),
                        1,
                        line -> {})
                .search();
    }

    @Test
    void itFindsAPolicyThatHoldsFromOneThatDoesNot() {
        Tuning.Result result = tune(worker.withReplicas(2, 4), Slo.DEFAULT);
        assertThat(result.first().holds()).isFalse();
        assertThat(result.best().holds()).isTrue();
        assertThat(result.best().spec().maxReplicas()).isGreaterThan(4);
    }

    @Test
    void theBestIsNoDearerThanTheFirstAndNoNeighbourIsBetter() {
        Tuning.Result result = tune(worker, Slo.DEFAULT);
        assertThat(result.best().podHours()).isLessThanOrEqualTo(result.first().podHours());
        assertThat(result.neighbours())
                .allMatch(one -> Trial.BETTER_FIRST.compare(one.trial(), result.best()) >= 0);
    }

    @Test
    void itSaysOfEveryNeighbourWhyNot() {
        Tuning.Result result = tune(worker, Slo.DEFAULT);
        assertThat(result.neighbours()).extracting(Tuning.Neighbour::why).doesNotContain("");
        assertThat(result.neighbours())
                .anyMatch(one -> one.why().contains("pod-hours more"))
                .anyMatch(one -> one.why().startsWith("spike: time in queue"))
                .anyMatch(one -> one.why().equals("taken"));
        assertThat(TuningPage.of("gleaner autoscale tune", result))
                .contains("| window up, s | 60 |", "**taken**");
    }

    @Test
    void theMinimumIsNotTurnedBelowThePolicys() {
        assertThat(tune(worker.withReplicas(3, 20), Slo.DEFAULT).best().spec().minReplicas())
                .isGreaterThanOrEqualTo(3);
    }
}
