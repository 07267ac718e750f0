package io.gleaner.cache;

import io.gleaner.budget.BudgetMetrics;
import io.gleaner.loop.Loop;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the caches of other processes what has become old.
 *
 * <p>Each process numbers its messages and says once a second how far it has come. Who misses a
 * number has missed an invalidation, and forgets everything. So one that got lost is noticed within
 * {@link #BEAT} and the time of a message, as long as messages come at all.
 *
 * <p>A message is {@code SENDER NUMBER MILLIS}, followed by {@code CACHE VERSION KEY} in all but
 * the beats, which repeat the number of the last one.
 */
final class Invalidations implements Bus.Listener, AutoCloseable {

    static final Duration BEAT = Duration.ofSeconds(1);

    private static final String CHANNEL = "caches";
    private static final int OWED_MAX = 10_000;

    /**
     * A process beats every second: one that is silent for so long has ended, or cannot be heard.
     */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(5);

    private static final int BEAT_PARTS = 3;
    private static final int MESSAGE_PARTS = 6;

    /** The last message of a sender. */
    private record Heard(long number, long atMillis) {}

    private final String me = UUID.randomUUID().toString();
    private final Bus bus;
    private final InstantSource clock;
    private final Map<String, TwoLevelCache<?>> caches = new ConcurrentHashMap<>();
    private final BlockingQueue<BooleanSupplier> owed = new LinkedBlockingQueue<>(OWED_MAX);
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock hearing = new ReentrantLock();
    private final Map<String, Heard> heard = new HashMap<>();
    private boolean someLeft;
    private final List<Loop> loops = new ArrayList<>();
    private final Timer lag;
    private final Counter gaps;
    private final Counter unpaid;
    private long sent;

    private Invalidations(Bus bus, MeterRegistry metrics, InstantSource clock) {
        this.bus = bus;
        this.clock = clock;
        this.lag =
                Timer.builder("gleaner.cache.invalidation.lag")
                        .description(
                                "From an invalidation in one process until another has heard of it")
                        .publishPercentiles(0.5, 0.99)
                        .register(metrics);
        this.gaps =
                Counter.builder("gleaner.cache.invalidation.gaps")
                        .description(
                                "Times that messages may have been missed, after which the first"
                                        + " level is empty")
                        .register(metrics);
        this.unpaid =
                Counter.builder("gleaner.cache.invalidation.unshared")
                        .description("Invalidations that could not be sent to other processes")
                        .register(metrics);
        BudgetMetrics.items("cache-debts", OWED_MAX, owed::size, metrics);
    }

    static Invalidations start(Bus bus, MeterRegistry metrics, InstantSource clock) {
        var invalidations = new Invalidations(bus, metrics, clock);
        bus.listen(CHANNEL, invalidations);
        invalidations.loops.add(Loop.every(BEAT, "cache-beat", metrics, invalidations::beat));
        return invalidations;
    }

    void register(TwoLevelCache<?> cache) {
        if (caches.putIfAbsent(cache.name(), cache) != null) {
            throw new IllegalArgumentException("two caches have the name " + cache.name());
        }
    }

    void announce(String cache, String key, long version) {
        // Numbers must go out in their order, or they look like a gap.
        sending.lock();
        try {
            sent++;
            bus.send(CHANNEL, head() + " " + cache + " " + version + " " + key);
        } finally {
            sending.unlock();
        }
    }

    /**
     * The shared store could not be told now; it is told again and again.
     *
     * @param forget answers whether it has worked
     */
    void owe(BooleanSupplier forget) {
        if (!owed.offer(forget)) {
            unpaid.increment();
        }
    }

    @Override
    public void message(String text) {
        String[] parts = text.split(" ", MESSAGE_PARTS);
        if (parts.length < BEAT_PARTS || parts[0].equals(me)) {
            return;
        }
        long number = Long.parseLong(parts[1]);
        boolean beat = parts.length == BEAT_PARTS;
        if (missed(parts[0], number, beat)) {
            gaps.increment();
            forgetAll();
        }
        if (!beat) {
            long late = Math.max(0, clock.millis() - Long.parseLong(parts[2]));
            lag.record(late, TimeUnit.MILLISECONDS);
            TwoLevelCache<?> cache = caches.get(parts[3]);
            if (cache != null) {
                cache.forget(parts[5], Long.parseLong(parts[4]));
            }
        }
    }

    /** Whether something is missing between the last message of this sender and this one. */
    private boolean missed(String sender, long number, boolean beat) {
        hearing.lock();
        try {
            @Nullable Heard before = heard.put(sender, new Heard(number, clock.millis()));
            if (before == null) {
                forgetTheSilent();
            }
            // Nothing of a new one was missed since we listen: that began with a gap. But it may be
            // one that was given up and is back.
            long last = before == null ? 0 : before.number();
            return (before != null || someLeft) && number != (beat ? last : last + 1);
        } finally {
            hearing.unlock();
        }
    }

    /** Whoever comes makes room: so there are never many more than have lived at one time. */
    private void forgetTheSilent() {
        long since = clock.millis() - SILENCE_MAX.toMillis();
        someLeft |= heard.values().removeIf(last -> last.atMillis() < since);
    }

    /** Other processes that are listened to. */
    int senders() {
        hearing.lock();
        try {
            return heard.size();
        } finally {
            hearing.unlock();
        }
    }

    @Override
    public void gap() {
        hearing.lock();
        try {
            heard.clear();
            someLeft = false;
        } finally {
            hearing.unlock();
        }
        forgetAll();
    }

    private void forgetAll() {
        caches.values().forEach(TwoLevelCache::forgetAll);
    }

    private void beat() {
        pay();
        sending.lock();
        try {
            bus.send(CHANNEL, head());
        } finally {
            sending.unlock();
        }
    }

    private void pay() {
        List<BooleanSupplier> due = new ArrayList<>();
        owed.drainTo(due);
        for (BooleanSupplier forget : due) {
            if (!forget.getAsBoolean()) {
                owe(forget);
            }
        }
    }

    private String head() {
        return me + " " + sent + " " + clock.millis();
    }

    @Override
    public void close() {
        loops.forEach(Loop::stop);
    }
}
