package io.gleaner.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.database.DatabaseException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ChoreTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void itIsDoneInTheFirstRoundAndNotAgainBeforeItIsDue() {
        var hourly = new Chore("hourly", Duration.ofHours(1), metrics, done::incrementAndGet);
        hourly.round();
        hourly.round();
        assertThat(done).hasValue(1);

        var always = new Chore("always", Duration.ZERO, metrics, done::incrementAndGet);
        always.round();
        always.round();
        assertThat(done).hasValue(3);
    }

    @Test
    void whatFailsIsNotYoungAgain() {
        var chore =
                new Chore(
                        "broken",
                        Duration.ZERO,
                        metrics,
                        () -> {
                            done.incrementAndGet();
                            throw new DatabaseException("away");
                        });
        Duration before = chore.age();
        chore.round();

        assertThat(done).hasValue(1);
        assertThat(chore.age()).isGreaterThan(before);
        assertThat(metrics.get("gleaner.maintenance.age").tag("chore", "broken").gauge().value())
                .isNotNegative();
    }
}
