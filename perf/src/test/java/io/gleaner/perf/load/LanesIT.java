package io.gleaner.perf.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class LanesIT {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);
    private static final long NO_PATIENCE = 0;

    private final Tally tally = new Tally(Observer.NONE);

    @Test
    void aConnectionIsOpenedWhenNoneIsFreeAndUsedAgainWhenItIs() throws Exception {
        try (var server = ScriptedServer.start(_ -> ScriptedServer.HELLO);
                var lanes = new Lanes(server.target(), 2, new Hello(), tally)) {
            Lane first = requireNonNull(lanes.free(PATIENCE));
            Lane second = requireNonNull(lanes.free(PATIENCE));
            assertThat(second).isNotSameAs(first);
            assertThat(lanes.free(NO_PATIENCE)).as("both are taken").isNull();
            assertThat(first.send(1, System.nanoTime())).isTrue();
            assertThat(lanes.free(PATIENCE)).isSameAs(first);
        }
    }

    @Test
    void aConnectionThatEndedWhileNothingWasAskedCostsNoRequest() throws Exception {
        try (var server = ScriptedServer.start(_ -> ScriptedServer.HELLO);
                var lanes = new Lanes(server.target(), 1, new Hello(), tally)) {
            Lane ended = requireNonNull(lanes.free(PATIENCE));
            ended.close();
            assertThat(ended.send(1, System.nanoTime())).isFalse();
            Lane other = requireNonNull(lanes.free(PATIENCE));
            assertThat(other.send(1, System.nanoTime())).isTrue();
            assertThat(lanes.free(PATIENCE)).isSameAs(other);
        }
    }
}
