package io.gleaner.perf.autoscale.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.policy.Behavior;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricId;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import io.gleaner.perf.autoscale.policy.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many looks, one every 15 s, at a queue of which each pod shall have 10. */
class HpaOverTimeTest {

    private static final long TARGET_MILLI = 10_000;

    private Instant now = TestCluster.NOW;

    private Hpa hpa(int min, int max, @Nullable Behavior behavior) {
        var queue =
                new MetricSpec.External(
                        new MetricId("queue"), new Target.AverageValue(TARGET_MILLI));
        return new Hpa(
                new HpaSpec("hpa", "worker", min, max, List.of(queue), behavior),
                ControllerFlags.DEFAULT,
                () -> now);
    }

    /** Replicas after each look, with a queue that would take so many. */
    private List<Integer> replicas(Hpa hpa, int first, int... wanted) {
        List<Integer> replicas = new ArrayList<>();
        int current = first;
        for (int want : wanted) {
            var cluster =
                    new TestCluster(current, "").with("queue", Long.toString(want * TARGET_MILLI));
            current = hpa.sync(cluster).desired();
            replicas.add(current);
            now = now.plusSeconds(15);
        }
        return replicas;
    }

    private static int[] times(int n, int value) {
        int[] values = new int[n];
        Arrays.fill(values, value);
        return values;
    }

    @Test
    void byDefaultItGrowsByFourOrDoublesEvery15Seconds() {
        assertThat(replicas(hpa(1, 100, Behavior.DEFAULT), 1, times(6, 60)))
                .containsExactly(5, 10, 20, 40, 60, 60);
    }

    @Test
    void withoutBehaviorItGrowsToFourAndDoublesEvery15Seconds() {
        assertThat(replicas(hpa(1, 100, null), 1, times(6, 60)))
                .containsExactly(4, 8, 16, 32, 60, 60);
    }

    @Test
    void aPolicyOfAMinuteAddsOnceAMinute() {
        var behavior = new Behavior(Rules.up("pods 3/60"), Rules.down("default"));
        assertThat(replicas(hpa(1, 100, behavior), 1, times(10, 60)))
                .containsExactly(4, 4, 4, 4, 7, 7, 7, 7, 10, 10);
    }

    @Test
    void byDefaultItShrinksFiveMinutesAfterTheFirstLook() {
        List<Integer> replicas = replicas(hpa(1, 100, Behavior.DEFAULT), 10, times(22, 2));
        assertThat(replicas.subList(0, 20)).containsOnly(10);
        assertThat(replicas.subList(20, 22)).containsOnly(2);
    }

    @Test
    void withoutBehaviorItShrinksOneLookLater() {
        List<Integer> replicas = replicas(hpa(1, 100, null), 10, times(23, 2));
        assertThat(replicas.subList(0, 21)).containsOnly(10);
        assertThat(replicas.subList(21, 23)).containsOnly(2);
    }

    @Test
    void aDipShorterThanTheWindowTakesNothingAway() {
        var behavior = new Behavior(Rules.up("default"), Rules.down("window 60"));
        assertThat(replicas(hpa(1, 100, behavior), 8, 8, 2, 2, 2, 8, 8)).containsOnly(8);
    }

    @Test
    void aPeakShorterThanTheWindowUpAddsNothing() {
        var behavior = new Behavior(Rules.up("window 60"), Rules.down("default"));
        assertThat(replicas(hpa(1, 100, behavior), 2, 2, 9, 9, 2, 9, 9)).containsOnly(2);
    }

    @Test
    void aSlowDescentTakesOnePodAMinute() {
        var behavior = new Behavior(Rules.up("default"), Rules.down("window 0 pods 1/60"));
        assertThat(replicas(hpa(1, 100, behavior), 5, times(9, 1)))
                .containsExactly(4, 4, 4, 4, 3, 3, 3, 3, 2);
    }

    @Test
    void whateverHappensItStaysInTheBoundsAndSaysTheSameTwice() {
        var behavior =
                new Behavior(
                        Rules.up("window 30 min pods 4/30 percent 50/60"),
                        Rules.down("window 120 percent 10/60"));
        int[] wanted = new Random(7).ints(2_000, 0, 200).toArray();
        Instant began = now;
        List<Integer> once = replicas(hpa(3, 80, behavior), 3, wanted);
        now = began;
        assertThat(once).allMatch(replicas -> replicas >= 3 && replicas <= 80);
        assertThat(replicas(hpa(3, 80, behavior), 3, wanted)).isEqualTo(once);
    }

    @Test
    void toWhatWasThereAMinuteAgoItAddsNoMoreThanThePolicy() {
        var behavior = new Behavior(Rules.up("pods 5/60"), Rules.down("window 0 percent 100/60"));
        int[] wanted = new Random(8).ints(2_000, 0, 200).toArray();
        List<Integer> replicas = replicas(hpa(1, 500, behavior), 1, wanted);
        for (int i = 4; i < replicas.size(); i++) {
            int before = replicas.get(i - 1);
            int minuteAgo = replicas.get(i - 4);
            assertThat(replicas.get(i)).isLessThanOrEqualTo(Math.max(before, minuteAgo + 5));
        }
    }
}
