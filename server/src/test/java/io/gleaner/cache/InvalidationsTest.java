package io.gleaner.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of other processes, of which there may be any number over time. */
class InvalidationsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Invalidations invalidations =
            Invalidations.start(Bus.NONE, metrics, () -> now.get());

    @AfterEach
    void close() {
        invalidations.close();
    }

    @Test
    void sendersThatHaveFallenSilentAreForgotten() {
        for (int i = 0; i < 1_000; i++) {
            beat("pod-" + i, 0);
            beat("old", i);
            pass(Duration.ofSeconds(10));
        }
        // Five minutes hold thirty of them.
        assertThat(invalidations.senders()).isBetween(2, 35);
    }

    @Test
    void whatASenderSaidWhileItWasForgottenIsMissed() {
        beat("away", 4);
        pass(Duration.ofMinutes(6));
        beat("new", 0);
        assertThat(gaps()).isZero();

        beat("away", 7);

        assertThat(gaps()).isOne();
    }

    @Test
    void aSenderThatIsNewHasNotBeenMissed() {
        beat("gone", 4);
        pass(Duration.ofMinutes(6));
        beat("new", 0);
        beat("newer", 0);
        assertThat(gaps()).isZero();
        assertThat(invalidations.senders()).isEqualTo(2);
    }

    private void beat(String sender, long number) {
        invalidations.message(sender + " " + number + " " + now.get().toEpochMilli());
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private double gaps() {
        return metrics.counter("gleaner.cache.invalidation.gaps").count();
    }
}
