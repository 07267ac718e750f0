package io.gleaner.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gleaner.job.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TimesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 200)
    void evenDistancesCountFromTheFirstTime(
            @ForAll @IntRange(min = 10, max = 100_000) int seconds,
            @ForAll @IntRange(max = 1_000_000) int later) {
        Duration period = Duration.ofSeconds(seconds);
        Instant moment = NOON.plusSeconds(later);

        Instant next = Times.after(new Timing.Every(period), NOON, moment);

        assertThat(next).isAfter(moment).isBeforeOrEqualTo(moment.plus(period));
        assertThat(Duration.between(NOON, next).toSeconds() % seconds).isZero();
    }

    @Test
    void cronGoesByTheClockOfItsZone() {
        var zurich = ZoneId.of("Europe/Zurich");
        Timing daily = Times.cron("30 3 * * *", zurich);
        assertThat(Times.after(daily, NOON, NOON)).isEqualTo("2026-03-02T02:30:00Z");
        // The clock goes forward on March 29.
        Instant before = Instant.parse("2026-03-29T12:00:00Z");
        assertThat(Times.after(daily, before, before)).isEqualTo("2026-03-30T01:30:00Z");
    }

    @Test
    void whatIsNoCronExpressionIsRefused() {
        for (String wrong : new String[] {"", "every day", "61 * * * *", "* * * *", "0 0 31 2 *"}) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> Times.cron(wrong, ZoneId.of("UTC")));
        }
    }

    @Test
    void jitterMakesARunLaterAndNeverEarlier() {
        Duration jitter = Duration.ofSeconds(30);
        for (int i = 0; i < 100; i++) {
            assertThat(Times.later(NOON, jitter)).isBetween(NOON, NOON.plus(jitter));
        }
        assertThat(Times.later(NOON, Duration.ZERO)).isEqualTo(NOON);
    }
}
