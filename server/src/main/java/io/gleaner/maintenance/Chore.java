package io.gleaner.maintenance;

import io.gleaner.database.DatabaseException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of work that is done again and again, and how long ago it was last done. */
final class Chore {

    private static final Logger LOG = LoggerFactory.getLogger(Chore.class);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private long triedAt;
    private volatile long doneAt = System.nanoTime();

    /**
     * @param every least time between two tries; {@code ZERO} for every round
     */
    Chore(String name, Duration every, MeterRegistry metrics, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
        this.triedAt = doneAt - every.toNanos();
        Gauge.builder("gleaner.maintenance.age", this, chore -> chore.age().toMillis() / 1e3)
                .baseUnit("seconds")
                .description("Time since the chore was last done, or since the start")
                .tag("chore", name)
                .register(metrics);
    }

    /**
     * Does the work if it is due. What the database refuses is tried again when it is due again.
     */
    void round() {
        long now = System.nanoTime();
        if (now - triedAt < every.toNanos()) {
            return;
        }
        triedAt = now;
        try {
            work.run();
            doneAt = System.nanoTime();
        } catch (DatabaseException e) {
            LOG.warn("no {} this round: {}", name, e.getMessage());
        }
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - doneAt);
    }
}
