package io.gleaner.app;

import io.gleaner.cache.Signals;
import io.gleaner.database.Broadcast;
import io.gleaner.database.Database;
import io.gleaner.database.DatabaseException;
import java.time.Duration;
import java.util.BitSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries signals between processes that share a database. Signals of one moment go as one message,
 * so a busy process sends at most a hundred a second.
 *
 * <p>A message is {@code SENDER WORK TOPIC,TOPIC,...}: who, whether work was added, and which job
 * topics changed. With 1,024 topics it is never longer than PostgreSQL allows.
 */
final class SignalRelay implements Signals.Relay, Broadcast.Ear, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignalRelay.class);
    private static final Duration MOMENT = Duration.ofMillis(10);

    private final String me = UUID.randomUUID().toString();
    private final Signals signals;
    private final Broadcast broadcast;
    private final Thread sender;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition dirty = lock.newCondition();
    private final BitSet topics = new BitSet();
    private boolean work;

    private SignalRelay(Signals signals, Database database) {
        this.signals = signals;
        this.broadcast = Broadcast.start(database, this);
        this.sender = Thread.ofVirtual().name("signal-relay").start(this::sendUntilClosed);
    }

    static SignalRelay start(Signals signals, Database database) {
        var relay = new SignalRelay(signals, database);
        signals.relayTo(relay);
        return relay;
    }

    @Override
    public void workAdded() {
        lock.lock();
        try {
            work = true;
            dirty.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void topicChanged(int topic) {
        lock.lock();
        try {
            topics.set(topic);
            dirty.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void message(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 3 || parts[0].equals(me)) {
            return;
        }
        if (parts[1].equals("1")) {
            signals.heardWork();
        }
        for (String topic : parts[2].split(",", -1)) {
            if (!topic.isEmpty()) {
                signals.heardTopic(Integer.parseInt(topic));
            }
        }
    }

    @Override
    public void gap() {
        signals.heardNothingForAWhile();
    }

    @Override
    public void close() {
        signals.relayTo(Signals.Relay.NONE);
        sender.interrupt();
        broadcast.close();
    }

    private void sendUntilClosed() {
        try {
            while (true) {
                send(next());
                TimeUnit.NANOSECONDS.sleep(MOMENT.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!work && topics.isEmpty()) {
                dirty.await();
            }
            String list =
                    topics.stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
            String message = "%s %d %s".formatted(me, work ? 1 : 0, list);
            work = false;
            topics.clear();
            return message;
        } finally {
            lock.unlock();
        }
    }

    private void send(String message) {
        try {
            broadcast.send(message);
        } catch (DatabaseException e) {
            LOG.debug("a signal is lost, who waits will poll", e);
        }
    }
}
