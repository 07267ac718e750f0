package io.gleaner.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.budget.BudgetMetrics;
import io.gleaner.cache.Bus;
import io.gleaner.database.Broadcast;
import io.gleaner.database.Database;
import io.gleaner.database.DatabaseException;
import io.gleaner.loop.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages by way of the database, for processes that share no Redis. Those of one moment go as one
 * notification, so a busy process sends at most a hundred a second.
 */
final class DatabaseBus implements Bus, Broadcast.Ear {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseBus.class);
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final int WAITING_MAX = 10_000;

    /** PostgreSQL takes 8,000 bytes; a character may have four. */
    private static final int BYTES_MAX = 7_900;

    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
    private final Broadcast broadcast;
    private final Loop sending;
    private @Nullable String left;

    private DatabaseBus(Database database, MeterRegistry metrics) {
        BudgetMetrics.items("bus-messages", WAITING_MAX, waiting::size, metrics);
        this.broadcast = Broadcast.start(database, this, metrics);
        this.sending = Loop.start("database-bus", metrics, this::sendWhatWaits);
    }

    static DatabaseBus start(Database database, MeterRegistry metrics) {
        return new DatabaseBus(database, metrics);
    }

    @Override
    public void listen(String channel, Listener listener) {
        if (listeners.putIfAbsent(channel, listener) != null) {
            throw new IllegalArgumentException("two listen to " + channel);
        }
    }

    @Override
    public void send(String channel, String text) {
        if (!waiting.offer(channel + " " + text)) {
            LOG.debug("too many messages wait, one is lost");
        }
    }

    @Override
    public void message(String text) {
        for (String line : text.split("\n", -1)) {
            int space = line.indexOf(' ');
            Listener listener = space < 0 ? null : listeners.get(line.substring(0, space));
            if (listener != null) {
                listener.message(line.substring(space + 1));
            }
        }
    }

    @Override
    public void gap() {
        listeners.values().forEach(Listener::gap);
    }

    @Override
    public void close() {
        sending.close();
        broadcast.close();
    }

    private void sendWhatWaits() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        String first = left == null ? waiting.take() : left;
        left = null;
        left = fill(lines, first);
        send(String.join("\n", lines));
        TimeUnit.NANOSECONDS.sleep(MOMENT.toNanos());
    }

    /** As many messages as one notification takes; answers the one that it did not take. */
    private @Nullable String fill(List<String> lines, String first) {
        int bytes = 0;
        for (String line = first; line != null; line = waiting.poll()) {
            bytes += line.getBytes(UTF_8).length + 1;
            if (bytes > BYTES_MAX && !lines.isEmpty()) {
                return line;
            }
            lines.add(line);
        }
        return null;
    }

    private void send(String message) {
        try {
            broadcast.send(message);
        } catch (DatabaseException e) {
            LOG.debug("a message is lost, who waits will poll", e);
        }
    }
}
