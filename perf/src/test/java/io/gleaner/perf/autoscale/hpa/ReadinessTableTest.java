package io.gleaner.perf.autoscale.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether a running pod's sample counts: {@code groupPods} of replica_calculator.go, {@code
 * TestGroupPods} of its test, with an initialization period of 300 s and an initial readiness delay
 * of 30 s. Times are seconds ago.
 */
class ReadinessTableTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
                    # sentence | resource | started | ready | since | sample ended | its window | counts
                    a pod without a Ready condition does not count           | cpu    | 600  | none    | none | 0  | 30 | false
                    a pod without a start time does not count                | cpu    | none | TRUE    | 600  | 0  | 30 | false
                    a young pod counts with a window since it was ready      | cpu    | 60   | TRUE    | 30   | 0  | 30 | true
                    a second less than a window is not enough                | cpu    | 60   | TRUE    | 29   | 0  | 30 | false
                    a sample that ended earlier is not enough either         | cpu    | 60   | TRUE    | 40   | 11 | 30 | false
                    a young pod that is not ready does not count             | cpu    | 60   | FALSE   | 60   | 0  | 30 | false
                    a young pod whose readiness is unknown counts            | cpu    | 60   | UNKNOWN | 60   | 0  | 30 | true
                    at 299 s it is young                                     | cpu    | 299  | TRUE    | 10   | 0  | 30 | false
                    at 300 s it is not                                       | cpu    | 300  | TRUE    | 10   | 0  | 30 | true
                    an old pod counts, however old its sample                | cpu    | 600  | TRUE    | 1    | 90 | 30 | true
                    unready since its start it has never been ready          | cpu    | 600  | FALSE   | 600  | 0  | 30 | false
                    unready since 29 s after its start it has not either     | cpu    | 600  | FALSE   | 571  | 0  | 30 | false
                    unready since 30 s after its start it may have been      | cpu    | 600  | FALSE   | 570  | 0  | 30 | true
                    unready since a moment ago it counts                     | cpu    | 600  | FALSE   | 1    | 0  | 30 | true
                    an old pod whose readiness is unknown counts             | cpu    | 600  | UNKNOWN | 600  | 0  | 30 | true
                    of memory a young unready pod counts                     | memory | 1    | FALSE   | 1    | 0  | 30 | true
                    of memory a pod without a condition counts               | memory | none | none    | none | 0  | 30 | true
                    of a custom metric an unready pod counts                 | custom | 1    | FALSE   | 1    | 0  | 30 | true
                    """)
    void counts(
            String sentence,
            String resource,
            @Nullable Integer started,
            Pod.@Nullable Status status,
            @Nullable Integer since,
            int ended,
            int window,
            boolean counts) {
        var pod =
                new Pod(
                        "pod",
                        Pod.Phase.RUNNING,
                        false,
                        started == null ? null : ago(started),
                        status == null || since == null ? null : new Pod.Ready(status, ago(since)),
                        List.of());
        var sample = new PodMetric(1, ago(ended), Duration.ofSeconds(window));
        var groups =
                PodGroups.of(
                        List.of(pod),
                        Map.of("pod", sample),
                        resource,
                        ControllerFlags.DEFAULT,
                        NOW);
        assertThat(groups.ready()).as(sentence).isEqualTo(counts ? 1 : 0);
        assertThat(groups.unready()).hasSize(counts ? 0 : 1);
    }

    private static Instant ago(int seconds) {
        return NOW.minusSeconds(seconds);
    }
}
