package io.gleaner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeapGrowthTest {

    private static final int RUNS = 1_000;
    private static final long MIB = 1 << 20;

    @Test
    void noiseIsHardlyEverTakenForGrowth() {
        assertThat(alarms(15, 0)).isLessThan(RUNS / 100);
        assertThat(alarms(60, 0)).isLessThan(RUNS / 100);
    }

    @Test
    void aLeakBelowTheNoiseOfOneCycleIsFoundOverMany() {
        assertThat(alarms(15, 1.0)).isGreaterThan(RUNS * 9 / 10);
        assertThat(alarms(60, 0.2)).isGreaterThan(RUNS * 9 / 10);
    }

    @Test
    void aLeakWithoutAnyNoiseIsFound() {
        assertThat(HeapGrowth.of(samples(15, i -> 50 * MIB + i * 100_000L)).isNoise()).isFalse();
    }

    @Test
    void aHeapThatShrinksOrHasOnePeakDoesNotGrow() {
        assertThat(HeapGrowth.of(samples(15, i -> 50 * MIB - i * MIB)).isNoise()).isTrue();
        assertThat(HeapGrowth.of(samples(15, i -> i == 13 ? 90 * MIB : 50 * MIB)).isNoise())
                .isTrue();
    }

    @Test
    void aHistogramIsReadAndComparedByClass() {
        var before = ClassHistogram.parse(" 1:  10  1000  [B (java.base@25)\n 2: 1 16 a.Gone\n");
        var after =
                ClassHistogram.parse(
                        """
                         num     #instances         #bytes  class name (module)
                        -------------------------------------------------------
                           1:            10           3000  [B (java.base@25)
                           2:             2             64  a.New
                        Total            12           3064
                        """);
        assertThat(after.liveBytes()).isEqualTo(3064);
        assertThat(after.growersSince(before, 5)).containsExactly("+2000 [B", "+64 a.New");
    }

    /**
     * @param leak in deviations of the noise, a cycle
     */
    private static long alarms(int cycles, double leak) {
        return IntStream.range(0, RUNS)
                .filter(
                        run -> {
                            var random = new Random(run);
                            return !HeapGrowth.of(
                                            samples(
                                                    cycles,
                                                    i ->
                                                            (long)
                                                                    (MIB
                                                                            * (50
                                                                                    + random
                                                                                            .nextGaussian()
                                                                                    + leak * i))))
                                    .isNoise();
                        })
                .count();
    }

    private static List<Long> samples(int cycles, java.util.function.IntToLongFunction live) {
        return IntStream.range(0, cycles).mapToLong(live).boxed().toList();
    }
}
