package io.gleaner.perf.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private final AtomicLong now = new AtomicLong();
    private final Presence presence = new Presence(now::get);

    @Test
    void theWorkerThatLivedMostOfTheTimeCounts() {
        presence.joined("a");
        now.set(3);
        presence.joined("b");
        now.set(5);
        presence.left("a");
        now.set(12);
        assertThat(presence.longestNanos(0, 4)).isEqualTo(4);
        assertThat(presence.longestNanos(0, 12)).isEqualTo(9);
        assertThat(presence.longestNanos(4, 6)).isEqualTo(2);
    }

    @Test
    void livesOfOneMemberAreNotAddedUp() {
        presence.joined("a");
        now.set(2);
        presence.left("a");
        now.set(3);
        presence.joined("a");
        now.set(5);
        presence.left("a");
        assertThat(presence.longestNanos(0, 10)).isEqualTo(2);
        assertThat(presence.longestNanos(5, 10)).isZero();
        presence.left("a");
        assertThat(presence.longestNanos(0, 10)).isEqualTo(2);
    }
}
