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
    void whatIsDoneIsYoungAgain() {
        var chore = new Chore("works", metrics, done::incrementAndGet);
        Duration before = chore.age();
        assertThat(chore.age()).isGreaterThan(before);
        chore.round();
        assertThat(done).hasValue(1);
    }

    @Test
    void whatFailsIsNotYoungAgain() {
        var chore =
                new Chore(
                        "broken",
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
