package io.gleaner.politeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostPacesTest {

    private final FakeClock clock = new FakeClock();
    private final HostPaces paces = new HostPaces(Configs.slots(8), clock);

    @Test
    void hostHasOnePace() {
        assertThat(paces.known("a.example")).isEmpty();
        var pace = paces.of("a.example");
        assertThat(paces.of("a.example")).isSameAs(pace).isNotSameAs(paces.of("b.example"));
        assertThat(paces.known("a.example")).containsSame(pace);
    }

    @Test
    void paceInUseOutlivesExpiryAndCrowds() {
        var pace = paces.of("a.example");
        pace.tryEnter();
        clock.advance(Duration.ofHours(1));
        IntStream.range(0, 10_000).forEach(i -> paces.of("h" + i + ".example"));
        assertThat(paces.of("a.example")).isSameAs(pace);
        pace.leave(new Visit.NotSent());
    }

    @Test
    void rememberedPacesAreBounded() {
        IntStream.range(0, 10_000).forEach(i -> paces.of("h" + i + ".example"));
        assertThat(paces.recentCount()).isBetween(1L, 100L);
        clock.advance(Duration.ofMinutes(11));
        assertThat(paces.recentCount()).isZero();
    }
}
