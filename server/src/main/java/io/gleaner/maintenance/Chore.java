package io.gleaner.maintenance;

import io.gleaner.database.DatabaseException;
import io.gleaner.objects.ObjectsException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of work that is done again and again, and how long ago it was last done. */
final class Chore {

    private static final Logger LOG = LoggerFactory.getLogger(Chore.class);

    private final String name;
    private final Runnable work;
    private volatile long doneAt = System.nanoTime();

    Chore(String name, MeterRegistry metrics, Runnable work) {
        this.name = name;
        this.work = work;
        Gauge.builder("gleaner.maintenance.age", this, chore -> chore.age().toMillis() / 1e3)
                .baseUnit("seconds")
                .description("Time since the chore was last done, or since the start")
                .tag("chore", name)
                .register(metrics);
    }

    /** Does the work; what the database or the object store refuses is for the next round. */
    void round() {
        try {
            work.run();
            doneAt = System.nanoTime();
        } catch (DatabaseException e) {
            e.warn(LOG, "no " + name + " this round");
        } catch (ObjectsException e) {
            if (!e.isKnownOutage()) {
                LOG.warn("no {} this round: {}", name, e.getMessage());
            }
        }
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - doneAt);
    }
}
