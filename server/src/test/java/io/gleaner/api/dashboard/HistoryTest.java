package io.gleaner.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final History history = History.idle(registry, () -> now);

    @Test
    void aStepIsWhatWasDoneInIt() {
        registry.counter("gleaner.pages", "rendered", "false").increment(60);
        registry.timer("gleaner.fetch").record(Duration.ofMillis(30));
        registry.timer("gleaner.fetch").record(Duration.ofMillis(50));
        now = now.plusSeconds(30);
        history.sample();
        now = now.plusSeconds(10);

        assertThat(history.steps())
                .containsExactly(
                        new History.Step(now.minusSeconds(10), 2, 0, 40.0, null),
                        new History.Step(now, 0, 0, null, null));
    }

    @Test
    void stepsAreKeptForFourHours() {
        for (int i = 0; i < History.STEPS_MAX + 5; i++) {
            now = now.plus(History.STEP);
            history.sample();
        }
        assertThat(history.steps()).hasSize(History.STEPS_MAX + 1);
        assertThat(history.steps().getFirst().at())
                .isEqualTo(now.minus(History.STEP.multipliedBy(History.STEPS_MAX - 1L)));
    }
}
