package io.gleaner.perf.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {

    private static final double SMALL = 1e-9;

    @Test
    void holmMultipliesTheLeastByAllAndKeepsTheOrder() {
        assertThat(Holm.adjusted(List.of(0.01, 0.04, 0.03)))
                .containsExactly(new double[] {0.03, 0.06, 0.06}, within(SMALL));
        assertThat(Holm.adjusted(List.of(0.9, 0.8))).containsExactly(1, 1);
    }
}
