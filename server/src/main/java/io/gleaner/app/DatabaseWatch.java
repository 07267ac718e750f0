package io.gleaner.app;

import io.gleaner.loop.Loop;
import io.gleaner.postgres.EmbeddedPostgres;
import io.gleaner.postgres.EmbeddedPostgresException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the embedded database: a server that has ended, or takes no connection for long, is
 * started again. Nobody else would: it is a process of ours.
 *
 * <p>A server that does not answer is given some looks, counted and not timed, so that a machine
 * that stood still is not mistaken for a server that does.
 */
final class DatabaseWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    /**
     * @param silentLooks how often in a row the server may give no answer
     * @param startFor how long a start that fails is tried again before the process gives up
     */
    record Patience(int silentLooks, Duration startFor) {
        static final Patience STANDARD = new Patience(8, Duration.ofMinutes(5));
    }

    private final EmbeddedPostgres database;
    private final Patience patience;
    private final Consumer<String> lost;
    private final Counter restarts;
    private final Loop loop;
    private int silent;

    private DatabaseWatch(
            EmbeddedPostgres database,
            Patience patience,
            MeterRegistry metrics,
            Consumer<String> lost) {
        this.database = database;
        this.patience = patience;
        this.lost = lost;
        this.restarts =
                Counter.builder("gleaner.db.restarts")
                        .description("How often the embedded database was started again")
                        .register(metrics);
        this.loop = Loop.every(EVERY, "database-watch", metrics, this::look);
    }

    /**
     * @param lost is told, in one sentence, why the database cannot be brought back
     */
    static DatabaseWatch start(
            EmbeddedPostgres database,
            Patience patience,
            MeterRegistry metrics,
            Consumer<String> lost) {
        return new DatabaseWatch(database, patience, metrics, lost);
    }

    private void look() throws InterruptedException {
        switch (database.look()) {
            case SERVING -> silent = 0;
            case SILENT -> {
                if (++silent >= patience.silentLooks()) {
                    startAgain("It has taken no connection for a while.");
                }
            }
            case ENDED -> startAgain(database.lastWords());
        }
    }

    private void startAgain(String why) throws InterruptedException {
        LOG.error("the database's server does not serve any more and is started again: {}", why);
        long began = System.nanoTime();
        String said = withoutDetail(why);
        Duration pause = PAUSE_MIN;
        while (true) {
            try {
                database.startAgain();
                restarts.increment();
                silent = 0;
                LOG.info(
                        "the database's server serves again after {} s",
                        Duration.ofNanos(System.nanoTime() - began).toSeconds());
                return;
            } catch (EmbeddedPostgresException e) {
                String cause = String.valueOf(e.getMessage());
                if (database.look() == EmbeddedPostgres.State.SERVING) {
                    // It recovers for longer than a start is waited for: to end it would begin that
                    // anew.
                    LOG.warn("it is left to itself: {}", cause);
                    return;
                }
                if (System.nanoTime() - began > patience.startFor().toNanos()) {
                    lost.accept(cause);
                    return;
                }
                if (!withoutDetail(cause).equals(said)) {
                    said = withoutDetail(cause);
                    LOG.warn(
                            "it cannot be started, and will be tried for {}: {}",
                            patience.startFor(),
                            cause);
                }
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
        }
    }

    /** What PostgreSQL said itself, in parentheses, has process numbers in it. */
    private static String withoutDetail(String sentence) {
        return sentence.replaceAll("\\(.*\\)", "");
    }

    @Override
    public void close() {
        loop.close();
    }
}
