package io.gleaner.perf.autoscale.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.PolicyFile;
import io.gleaner.perf.autoscale.policy.Target;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The policy that is shipped, with pods as they were measured. */
class SimulationTest {

    static final List<String> TRACES = Trace.NAMES;

    private static final Path POLICY = Path.of("../deploy/k8s/base/hpa.yml");
    private static final Path CAPACITY = Path.of("../docs/performance/capacity.json");

    private final HpaSpec worker = PolicyFile.read(POLICY).getLast();
    private final Capacity capacity = Capacity.read(CAPACITY, "worker", Map.of());
    private final Simulation shipped = new Simulation(worker, capacity, Settings.DEFAULT);

    private Trace trace(String name) {
        return Trace.named(name, capacity.itemsPerSecond());
    }

    private static List<Verdict> broken(Run run) {
        return Slo.DEFAULT.judge(run).stream().filter(verdict -> !verdict.holds()).toList();
    }

    @ParameterizedTest
    @FieldSource("TRACES")
    void theShippedPolicyHoldsOverEveryTraceWithAnyOfTenSeeds(String name) {
        for (int seed = 1; seed <= 10; seed++) {
            var simulation = new Simulation(worker, capacity, Settings.DEFAULT.withSeed(seed));
            assertThat(broken(simulation.run(trace(name)))).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void theSameSeedSaysTheSameAndAnotherDoesNot() {
        Run once = shipped.run(trace("spike"));
        assertThat(shipped.run(trace("spike"))).isEqualTo(once);
        var other = new Simulation(worker, capacity, Settings.DEFAULT.withSeed(2));
        assertThat(other.run(trace("spike"))).isNotEqualTo(once);
    }

    @Test
    void aSteadyLoadCostsItsPodsAndNothingChanges() {
        Run run = shipped.run(trace("steady"));
        assertThat(run.changes()).isZero();
        assertThat(run.podHours()).isEqualTo(2.0);
        assertThat(run.waitMaxSeconds()).isZero();
    }

    @Test
    void aSpikeIsAnsweredAndForgotten() {
        Run run = shipped.run(trace("spike"));
        assertThat(run.podsMax()).isGreaterThanOrEqualTo(10);
        assertThat(run.points().getLast().wanted()).isEqualTo(2);
        assertThat(run.leftOver()).isZero();
        assertThat(run.waitMaxSeconds()).isGreaterThan(10);
    }

    @Test
    void tooLowAMaximumIsSeen() {
        var few = new Simulation(worker.withReplicas(2, 5), capacity, Settings.DEFAULT);
        assertThat(broken(few.run(trace("spike"))))
                .extracting(Verdict::what)
                .containsExactly("time in queue, p99, s");
    }

    @Test
    void podsThatStartSlowlyAreSeen() {
        var slow = Capacity.read(CAPACITY, "worker", Map.of("scheduleSeconds", 180.0));
        var simulation = new Simulation(worker, slow, Settings.DEFAULT);
        assertThat(broken(simulation.run(trace("spike")))).isNotEmpty();
    }

    @Test
    void moreThanThePodsCanDoStaysInTheQueue() {
        var one = new Simulation(worker.withReplicas(2, 2), capacity, Settings.DEFAULT);
        double rate = 3 * capacity.itemsPerSecond();
        Run run = one.run(new Trace("flood", Collections.nCopies(600, rate)));
        // Two pods do two thirds of it; noise of 5 % evens out over ten minutes.
        assertThat(run.leftOver()).isBetween(600 * rate / 3 * 0.97, 600 * rate / 3 * 1.03);
        assertThat(run.podHours()).isEqualTo(600 * 2 / 3600.0);
    }

    @Test
    void aMetricThatTheSimulationDoesNotKnowIsRefused() {
        var unknown =
                worker.withMetrics(
                        List.of(
                                new MetricSpec.External(
                                        new MetricId("gleaner_queue"),
                                        new Target.AverageValue(1000))));
        assertThatThrownBy(() -> new Simulation(unknown, capacity, Settings.DEFAULT))
                .hasMessageContaining("not external metric gleaner_queue");
    }

    @Test
    void everyFigureOfAPodNamesItsSource() {
        assertThat(capacity.sources()).hasSize(10);
        assertThat(capacity.sources().values()).allMatch(source -> source.contains("("));
    }

    @Test
    void aFigureThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Capacity.read(CAPACITY, "worker", Map.of("pages", 1.0)))
                .hasMessageContaining("'pages' is not one of");
        assertThatThrownBy(() -> Capacity.read(CAPACITY, "renderer", Map.of()))
                .hasMessageContaining("there is no 'renderer'");
        assertThatThrownBy(() -> Capacity.read(CAPACITY, "worker", Map.of("readySeconds", -1.0)))
                .hasMessageContaining("must not be negative");
    }

    @Test
    void thePageDrawsEveryRunAndNeedsNothingElse(@TempDir Path folder) throws IOException {
        List<Run> runs = List.of(shipped.run(trace("steady")), shipped.run(trace("spike")));
        Path page =
                SimulationReport.of("gleaner autoscale simulate", shipped, Slo.DEFAULT, runs)
                        .write(folder, "run");
        assertThat(Files.readString(page))
                .contains("<h2>steady</h2>", "<h2>spike</h2>")
                .doesNotContain("http://", "https://", "<script", "NaN");
        assertThat(folder.resolve("run.json")).isNotEmptyFile();
    }
}
