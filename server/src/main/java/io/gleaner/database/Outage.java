package io.gleaner.database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database is known to be away. While it is, every use is refused at once, so that
 * requests fail fast instead of queueing for connections (a circuit breaker). Nobody's request is
 * the probe: a thread of its own asks until the database answers.
 */
final class Outage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final int PAUSE_MS_MIN = 50;
    private static final int PAUSE_MS_MAX = 150;

    private final BooleanSupplier answers;
    private final InstantSource clock;
    private final Counter refused;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable Instant since;
    private volatile Effects effects = on -> {};

    /** What else happens when an outage begins and when it is over. */
    interface Effects {
        void turned(boolean on);
    }

    /**
     * @param answers asks the database, on a connection that is new and for a bounded time
     */
    Outage(BooleanSupplier answers, InstantSource clock, MeterRegistry metrics) {
        this.answers = answers;
        this.clock = clock;
        this.refused =
                Counter.builder("gleaner.db.refused")
                        .description("Uses refused at once because the database is away")
                        .register(metrics);
        Gauge.builder("gleaner.db.outage", this, outage -> outage.isOn() ? 1 : 0)
                .description("1 while the database is known to be away")
                .register(metrics);
    }

    void effects(Effects value) {
        effects = value;
    }

    /**
     * @throws DatabaseException at once when the database is away
     */
    void check() {
        if (isClosed()) {
            throw closed();
        }
        Instant began = since;
        if (began != null) {
            refused.increment();
            throw DatabaseException.outage(
                    "the database cannot be reached, for %d s now: submissions and queries are refused until it is back"
                            .formatted(Duration.between(began, clock.instant()).toSeconds()));
        }
    }

    /** Whether the process itself lets go of the database: nothing of it is news then. */
    boolean isClosed() {
        return stop.getCount() == 0;
    }

    static DatabaseException closed() {
        return DatabaseException.outage("the database was closed, the process ends");
    }

    boolean isOn() {
        return since != null;
    }

    /** Somebody's connection was lost or said nothing: that may be all, or the database is away. */
    void suspected(String name, Throwable cause) {
        if (!isClosed() && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("outage").start(() -> ask(name, SqlStates.firstLine(cause)));
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }

    private void ask(String name, String cause) {
        try {
            if (!answers.getAsBoolean()) {
                begin(name, cause);
                awaitAnswer();
                end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asking.set(false);
        }
    }

    private void begin(String name, String cause) {
        since = clock.instant();
        LOG.warn("{}: the database is away: {}", name, cause);
        effects.turned(true);
    }

    private void awaitAnswer() throws InterruptedException {
        do {
            int pause = ThreadLocalRandom.current().nextInt(PAUSE_MS_MIN, PAUSE_MS_MAX);
            if (stop.await(pause, TimeUnit.MILLISECONDS)) {
                return;
            }
        } while (!answers.getAsBoolean());
    }

    private void end() {
        Instant began = since;
        effects.turned(false);
        since = null;
        if (began != null) {
            LOG.info("the database is back after {}", Duration.between(began, clock.instant()));
        }
    }
}
