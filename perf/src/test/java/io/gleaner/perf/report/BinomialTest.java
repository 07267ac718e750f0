package io.gleaner.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BinomialTest {

    @Test
    void noFailureOfAHundredIsTheRuleOfThree() {
        assertThat(Binomial.failuresAtMost(0, 100))
                .isCloseTo(1 - Math.pow(0.05, 0.01), within(1e-9));
        assertThat(Binomial.failuresAtMost(0, 1_000_000)).isCloseTo(3.0e-6, within(1e-8));
    }

    /** Clopper and Pearson by R: binom.test(5, 100, alternative = "less"). */
    @Test
    void fiveOfAHundredAreTenPercentAtMost() {
        assertThat(Binomial.failuresAtMost(5, 100)).isCloseTo(0.1022534, within(1e-6));
    }

    @Test
    void theEndsAreKnown() {
        assertThat(Binomial.failuresAtMost(7, 7)).isEqualTo(1);
        assertThat(Binomial.failuresAtMost(0, 1)).isCloseTo(0.95, within(1e-9));
        assertThatThrownBy(() -> Binomial.failuresAtMost(2, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
