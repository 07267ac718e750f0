package io.gleaner.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Keeping the pace earns back what waiting spends. */
final class PatienceTest {

    private static final long SECOND = 1_000_000_000;

    private final Patience patience = new Patience(Duration.ofSeconds(30), 1_000);

    @Test
    void nothingAtAllIsWaitedForOnce() {
        assertThat(patience.of(0)).isEqualTo(30 * SECOND);

        patience.spend(30 * SECOND, 0);

        assertThat(patience.of(0)).isZero();
    }

    @Test
    void aByteASecondIsNotEnough() {
        int seconds = 0;
        while (patience.of(0) >= SECOND) {
            patience.spend(SECOND, 1);
            seconds++;
        }

        assertThat(seconds).isEqualTo(30);
    }

    @Test
    void whoKeepsThePaceIsWaitedForWithoutEnd() {
        for (int second = 0; second < 10_000; second++) {
            patience.spend(SECOND, 1_000);
        }

        assertThat(patience.of(0)).isEqualTo(30 * SECOND);
    }

    @Test
    void muchAtOnceIsNoStoreForLater() {
        patience.spend(0, Integer.MAX_VALUE);

        assertThat(patience.of(0)).isEqualTo(30 * SECOND);
    }

    @Test
    void muchMayTakeItsTime() {
        assertThat(patience.of(10_000)).isEqualTo(40 * SECOND);
    }
}
