package io.gleaner.politeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JobPaceTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    @Test
    void slotsAreOverAllHosts() {
        var pace = new JobPace(2, Duration.ZERO, now::get);
        assertThat(pace.tryEnter("a")).isInstanceOf(Turn.Granted.class);
        assertThat(pace.tryEnter("b")).isInstanceOf(Turn.Granted.class);
        assertThat(pace.look("c")).isInstanceOf(Turn.Full.class);
        assertThat(pace.tryEnter("c")).isInstanceOf(Turn.Full.class);
        pace.leave();
        assertThat(pace.tryEnter("c")).isInstanceOf(Turn.Granted.class);
    }

    @Test
    void delayIsOfEachHost() {
        var pace = new JobPace(0, Duration.ofSeconds(3), now::get);
        assertThat(pace.tryEnter("a")).isInstanceOf(Turn.Granted.class);
        now.set(now.get().plusSeconds(1));
        assertThat(pace.tryEnter("a")).isEqualTo(new Turn.Wait(Duration.ofSeconds(2)));
        assertThat(pace.tryEnter("b")).isInstanceOf(Turn.Granted.class);
        now.set(now.get().plusSeconds(2));
        assertThat(pace.tryEnter("a")).isInstanceOf(Turn.Granted.class);
    }

    @Test
    void jobThatAsksForNothingIsNeverInTheWay() {
        var pace = new JobPace(0, Duration.ZERO, now::get);
        for (int i = 0; i < 10; i++) {
            assertThat(pace.tryEnter("a")).isInstanceOf(Turn.Granted.class);
        }
        pace.leave();
        assertThat(pace.isFree()).isTrue();
    }
}
