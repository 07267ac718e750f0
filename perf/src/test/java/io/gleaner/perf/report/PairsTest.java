package io.gleaner.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairsTest {

    private static final double SMALL = 1e-9;

    @Test
    void theRatioIsTheMedianOfTheBlocks() {
        var pairs = Pairs.of(List.of(10.0, 100.0, 1_000.0), List.of(20.0, 110.0, 1_000.0));
        assertThat(pairs.ratio()).isCloseTo(1.1, within(SMALL));
    }

    @Test
    void theMeanIsTheGeometricOneAndItsIntervalIsNarrower() {
        var pairs = Pairs.of(List.of(10.0, 10.0), List.of(20.0, 5.0));
        assertThat(pairs.mean()).isCloseTo(1, within(SMALL));
        var random = new Random(7);
        List<Double> base = Collections.nCopies(200, 100.0);
        List<Double> more =
                base.stream().map(b -> b * Math.exp(0.05 + random.nextGaussian() / 20)).toList();
        double[] ofMean = Pairs.of(base, more).meanInterval();
        double[] ofMedian = Pairs.of(base, more).interval();
        assertThat(ofMean[0]).isLessThan(Math.exp(0.05));
        assertThat(ofMean[1]).isGreaterThan(Math.exp(0.05));
        assertThat(ofMean[1] - ofMean[0]).isLessThan(ofMedian[1] - ofMedian[0]);
    }

    @Test
    void aReaderSeesTheIntervalToo() {
        var pairs = Pairs.of(List.of(10.0, 10.0), List.of(11.0, 11.0));
        assertThat(pairs.text()).isEqualTo("1.100 (1.100 .. 1.100)");
    }

    @Test
    void blocksWithoutAFigureOnOneSideAreLeftOut() {
        var pairs = Pairs.of(List.of(0.0, 10.0, 10.0), List.of(5.0, 20.0, 0.0));
        assertThat(pairs.count()).isEqualTo(1);
        assertThat(pairs.ratio()).isCloseTo(2, within(SMALL));
        assertThat(Pairs.of(List.of(), List.of()).pValue()).isEqualTo(1);
    }

    @Test
    void eightPairsThatAllDifferAlikeAreTwoThrowsOf256() {
        var pairs = Pairs.of(Collections.nCopies(8, 10.0), Collections.nCopies(8, 11.0));
        assertThat(pairs.pValue()).isCloseTo(2.0 / 256, within(SMALL));
        assertThat(pairs.interval()).containsExactly(new double[] {1.1, 1.1}, within(SMALL));
    }

    @Test
    void noiseAroundNoChangeIsLikelyAndItsIntervalHoldsOne() {
        var random = new Random(7);
        List<Double> base = IntStream.range(0, 20).mapToObj(i -> 100.0).toList();
        List<Double> same =
                IntStream.range(0, 20)
                        .mapToObj(i -> 100 * Math.exp(random.nextGaussian() / 20))
                        .toList();
        var pairs = Pairs.of(base, same);
        assertThat(pairs.pValue()).isGreaterThan(0.05);
        assertThat(pairs.interval()[0]).isLessThan(1);
        assertThat(pairs.interval()[1]).isGreaterThan(1);
    }
}
