package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillSettingsTest {

    @Test
    void theShippedPolicyMayRunFifteenTimesAsFast() {
        DrillSettings settings = Shipped.drill(15);
        assertThat(settings.real(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.bounded().maxReplicas()).isEqualTo(6);
        assertThat(settings.spec().maxReplicas()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    16 | (PT15S) shorter than a second; at most 15
                    0  | time cannot run slower: 0
                    """)
    void aFactorThatCutsAPeriodBelowASecondIsRefused(int factor, String sentence) {
        assertThatThrownBy(() -> Shipped.drill(factor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aWindowOfTheOtherDirectionCountsToo() {
        assertThatThrownBy(() -> Shipped.drill(5, Shipped.withDownWindow(Duration.ofSeconds(4))))
                .hasMessageContaining("scaleDown's window (PT4S) shorter than a second; at most 4");
    }

    @Test
    void theBoundMayNotBeBelowThePolicysMinimum() {
        DrillSettings good = Shipped.drill(5);
        assertThatThrownBy(
                        () ->
                                new DrillSettings(
                                        good.spec(),
                                        1,
                                        good.capacity(),
                                        good.around(),
                                        good.load(),
                                        good.quiet(),
                                        good.factor(),
                                        false,
                                        good.slo(),
                                        Optional.empty()))
                .hasMessageContaining(
                        "at most 1 workers are less than the policy's minReplicas (2)");
    }
}
