package io.gleaner.app;

import io.gleaner.cache.Bus;
import io.gleaner.cache.Signals;
import io.gleaner.loop.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.BitSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Carries signals between processes. Signals of one moment go as one message, so a busy process
 * sends at most a hundred a second.
 *
 * <p>A message is {@code SENDER WORK TOPIC,TOPIC,...}: who, whether work was added, and which job
 * topics changed. With 1,024 topics it is never longer than a bus allows.
 */
final class SignalRelay implements Signals.Relay, Bus.Listener, AutoCloseable {

    private static final String CHANNEL = "signals";
    private static final Duration MOMENT = Duration.ofMillis(10);

    private final String me = UUID.randomUUID().toString();
    private final Signals signals;
    private final Bus bus;
    private final Loop sending;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition dirty = lock.newCondition();
    private final BitSet topics = new BitSet();
    private boolean work;

    private SignalRelay(Signals signals, Bus bus, MeterRegistry metrics) {
        this.signals = signals;
        this.bus = bus;
        this.sending = Loop.start("signal-relay", metrics, this::sendNext);
    }

    static SignalRelay start(Signals signals, Bus bus, MeterRegistry metrics) {
        var relay = new SignalRelay(signals, bus, metrics);
        bus.listen(CHANNEL, relay);
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
        sending.close();
    }

    private void sendNext() throws InterruptedException {
        bus.send(CHANNEL, next());
        TimeUnit.NANOSECONDS.sleep(MOMENT.toNanos());
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
}
