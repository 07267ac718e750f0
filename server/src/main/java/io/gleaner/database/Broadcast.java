package io.gleaner.database;

import io.gleaner.loop.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short messages among the processes of one database, by {@code NOTIFY} and {@code LISTEN}. A
 * message may get lost (a connection breaks), so it must never carry truth; {@link Ear#gap} says
 * when that may have happened.
 */
public final class Broadcast implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);
    private static final String CHANNEL = "gleaner";
    private static final Sql SEND =
            Sql.named("notify", "SELECT pg_notify('" + CHANNEL + "', :message)::text");
    private static final Duration RECONNECT = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database;
    private final Ear ear;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Loop listening;
    private volatile @Nullable Connection connection;

    /** Who hears messages, its own included. */
    public interface Ear {
        void message(String text);

        /** Messages may have been missed. */
        void gap();
    }

    private Broadcast(Database database, Ear ear, MeterRegistry metrics) {
        this.database = database;
        this.ear = ear;
        this.listening = Loop.every(RECONNECT, "broadcast", metrics, this::hear);
    }

    public static Broadcast start(Database database, Ear ear, MeterRegistry metrics) {
        return new Broadcast(database, ear, metrics);
    }

    /**
     * @param message 8,000 bytes at most
     */
    public void send(String message) {
        database.maintenance()
                .single(
                        "notify",
                        handle ->
                                handle.createQuery(SEND.text())
                                        .bind("message", message)
                                        .mapTo(String.class)
                                        .one());
    }

    @Override
    public void close() {
        stop.countDown();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("the listening connection does not close", e);
            }
        }
        listening.close();
    }

    private void hear() {
        try (Connection open = database.dedicated();
                Statement statement = open.createStatement()) {
            connection = open;
            statement.execute("LISTEN " + CHANNEL);
            ear.gap();
            var postgres = open.unwrap(PGConnection.class);
            while (stop.getCount() > 0) {
                PGNotification[] heard =
                        postgres.getNotifications(Math.toIntExact(PATIENCE.toMillis()));
                if (heard == null || heard.length == 0) {
                    statement.execute(
                            "SELECT 1"); // A connection that has died silently is met here.
                    continue;
                }
                for (PGNotification notification : heard) {
                    ear.message(notification.getParameter());
                }
            }
        } catch (SQLException e) {
            if (stop.getCount() > 0) {
                LOG.debug("not listening for a while", e);
            }
        } finally {
            connection = null;
        }
    }
}
