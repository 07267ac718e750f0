package io.gleaner.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RegularLooksTest {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration STALE = Duration.ofSeconds(2);
    private static final Instant BEGIN = Instant.parse("2026-11-25T12:00:00Z");

    private final RegularLooks looks = new RegularLooks(() -> BEGIN, STALE);

    private Instant look(Instant from, Duration during) {
        Instant at = from;
        for (; !at.isAfter(from.plus(during)); at = at.plus(EVERY)) {
            looks.took(at);
        }
        return at.minus(EVERY);
    }

    @Test
    void nobodyIsJudgedBeforeEverybodyHadTheTimeToGiveASignOfLife() {
        look(BEGIN, STALE.minusMillis(1));
        assertThat(looks.last()).isEmpty();
    }

    @Test
    void afterThatTheLastLookCounts() {
        Instant last = look(BEGIN, Duration.ofMinutes(1));
        assertThat(looks.last()).contains(last);
    }

    @Test
    void afterAnInterruptionTheLastLookBeforeItCountsUntilEverybodyHadTheTimeAgain() {
        Instant before = look(BEGIN, Duration.ofMinutes(1));
        Instant back = before.plus(STALE.dividedBy(2)).plusMillis(1);
        look(back, STALE.minusMillis(1));
        assertThat(looks.last()).contains(before);
        Instant after = look(back.plus(STALE), EVERY);
        assertThat(looks.last()).contains(after);
    }

    @Test
    void aLookThatIsLateByLessIsNoInterruption() {
        Instant before = look(BEGIN, Duration.ofMinutes(1));
        Instant late = before.plus(STALE.dividedBy(2));
        looks.took(late);
        assertThat(looks.last()).contains(late);
    }
}
