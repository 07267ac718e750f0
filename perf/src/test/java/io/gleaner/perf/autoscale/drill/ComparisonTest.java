package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated run: 2 replicas, 8 from second 100 on, 4 from 300 on, 2 from 360 on. */
class ComparisonTest {

    private static final int SECONDS = 500;
    private static final String COURSE =
            "points of the real course outside of the simulated one, +- 1 and +- 30 s";

    /** Replicas by the times of three changes. */
    private static Run run(int peak, int up, int half, int down, int end) {
        var points = new ArrayList<Run.Point>();
        for (int second = 0; second < SECONDS; second++) {
            int wanted = second < up ? 2 : second < half ? peak : second < down ? 4 : end;
            points.add(new Run.Point(second, 0, 0, wanted, wanted, 0));
        }
        return new Run("test", points, 0, 0, 0, 0, Math.max(peak, 2), 3, 0, 0);
    }

    private static List<String> wrong(Run real) {
        return new Comparison(real, run(8, 100, 300, 360, 2), Duration.ofSeconds(15))
                .verdicts().stream()
                        .filter(verdict -> !verdict.holds())
                        .map(Verdict::what)
                        .toList();
    }

    @Test
    void aRunIsLikeItself() {
        assertThat(wrong(run(8, 100, 300, 360, 2))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 100, 300, 360, 2",
        "8, 130, 300, 360, 2",
        "8, 70, 270, 390, 2",
        "9, 100, 330, 330, 2",
        "8, 100, 300, 300, 3",
        "8, 100, 300, 360, 3"
    })
    void aReplicaAndTwoPeriodsAreNoDifference(int peak, int up, int half, int down, int end) {
        assertThat(wrong(run(peak, up, half, down, end))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 100, 300, 360, 2",
        "8, 131, 300, 360, 2",
        "8, 69, 300, 360, 2",
        "8, 100, 269, 360, 2",
        "8, 100, 331, 360, 2",
        "8, 100, 300, 391, 2",
        "8, 100, 300, 360, 4"
    })
    void moreIsOne(int peak, int up, int half, int down, int end) {
        assertThat(wrong(run(peak, up, half, down, end))).contains(COURSE);
    }

    @Test
    void aPeakAndAnEndThatDifferAreNamed() {
        assertThat(wrong(run(10, 100, 300, 360, 4)))
                .contains("most replicas, real", "replicas at the end, real");
    }

    @Test
    void replicasThatNeverRiseDifferInEveryWay() {
        assertThat(wrong(run(2, 0, SECONDS, SECONDS, 2)))
                .contains(
                        "most replicas, real",
                        COURSE,
                        "replicas, real less simulated, mean of the amounts");
    }
}
