package io.gleaner.perf.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.load.Target;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Proxies know late who is there. */
class EndpointsTest {

    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final Target ONE = new Target("127.0.0.1", 1);
    private static final Target TWO = new Target("127.0.0.1", 2);

    private Instant now = Instant.EPOCH;
    private final Endpoints endpoints = new Endpoints(() -> now);

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aChangeIsKnownAfterItsDelayAndNotBefore() {
        endpoints.add(ONE, DELAY);
        pass(DELAY.minusNanos(1));
        assertThat(endpoints.addresses()).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(endpoints.addresses()).containsExactly(ONE);

        endpoints.remove(ONE, DELAY);
        pass(DELAY.minusNanos(1));
        assertThat(endpoints.addresses()).containsExactly(ONE);
        pass(Duration.ofNanos(1));
        assertThat(endpoints.addresses()).isEmpty();
    }

    @Test
    void changesThatAreDueTogetherCountInTheOrderInWhichTheyCame() {
        endpoints.add(ONE, DELAY);
        endpoints.add(TWO, DELAY);
        endpoints.remove(ONE, DELAY);
        pass(DELAY);
        assertThat(endpoints.addresses()).containsExactly(TWO);
    }

    @Test
    void aRemovalIsNotUndoneByAnEarlierWordThatWasSlower() {
        endpoints.add(ONE, DELAY);
        endpoints.remove(ONE, Duration.ZERO);
        pass(DELAY);
        assertThat(endpoints.addresses()).isEmpty();
    }

    @Test
    void aPreStopThatOutlivesTheGraceIsCutAndSigtermStillHasItsTwoSeconds() {
        var grace = new Grace(Duration.ZERO, Duration.ofSeconds(40), Duration.ofSeconds(30));
        assertThat(grace.preStopTime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(grace.afterSigterm()).isEqualTo(Grace.AFTER_SIGTERM_MIN);
    }
}
