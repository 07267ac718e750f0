package io.gleaner.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static double[] gaps(Arrivals.Shape shape, long seed) {
        var arrivals = new Arrivals(shape, 1_000, seed);
        return DoubleStream.generate(arrivals::nextGapNanos).limit(100_000).toArray();
    }

    @Test
    void poissonGapsHaveTheRightMeanAndSpread() {
        double[] gaps = gaps(Arrivals.Shape.POISSON, 1);
        double mean = DoubleStream.of(gaps).average().orElseThrow();
        double variance =
                DoubleStream.of(gaps).map(gap -> (gap - mean) * (gap - mean)).average().orElse(0);
        assertThat(mean).isCloseTo(1e6, within(2e4));
        assertThat(Math.sqrt(variance)).isCloseTo(1e6, within(3e4));
        assertThat(DoubleStream.of(gaps).min().orElse(-1)).isNotNegative();
    }

    @Test
    void theSameSeedGivesTheSameTimes() {
        assertThat(gaps(Arrivals.Shape.POISSON, 7)).isEqualTo(gaps(Arrivals.Shape.POISSON, 7));
        assertThat(gaps(Arrivals.Shape.POISSON, 7)).isNotEqualTo(gaps(Arrivals.Shape.POISSON, 8));
    }

    @Test
    void constantGapsAreAllTheSame() {
        assertThat(gaps(Arrivals.Shape.CONSTANT, 1)).containsOnly(1e6);
    }
}
