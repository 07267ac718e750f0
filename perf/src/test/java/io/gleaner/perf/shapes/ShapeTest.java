package io.gleaner.perf.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.users.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeTest {

    private static final Duration TIME = Duration.ofSeconds(160);

    @ParameterizedTest
    @EnumSource
    void theStepsOfAShapeTakeItsTime(Shape shape) {
        assertThat(
                        shape.steps(8, TIME).stream()
                                .map(Step::time)
                                .reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(TIME);
    }

    @Test
    void aSpikeIsTenTimesTheRateInTheMiddle() {
        assertThat(Shape.SPIKE.steps(8, TIME))
                .isEqualTo(
                        List.of(
                                Step.constant(8, Duration.ofSeconds(64)),
                                Step.constant(80, Duration.ofSeconds(32)),
                                Step.constant(8, Duration.ofSeconds(64))));
    }

    @Test
    void stressRisesByAQuarterUntilTwentyEightTimesTheRate() {
        List<Step> steps = Shape.STRESS.steps(8, TIME);
        assertThat(steps.getFirst().to()).isEqualTo(8);
        assertThat(steps.get(1).to()).isEqualTo(10);
        assertThat(steps.getLast().to()).isBetween(28 * 8.0, 29 * 8.0);
    }
}
