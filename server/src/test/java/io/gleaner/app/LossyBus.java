package io.gleaner.app;

import io.gleaner.cache.Bus;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Loses some messages on their way out and sends some after their successors. */
final class LossyBus implements Bus {

    private final Bus bus;
    private final double share;
    private final Random random;
    private final AtomicReference<@Nullable String> late = new AtomicReference<>();
    private volatile boolean faulty = true;

    /**
     * @param share of the messages that are lost, and as many again that come late
     */
    LossyBus(Bus bus, double share, long seed) {
        this.bus = bus;
        this.share = share;
        this.random = new Random(seed);
    }

    void heal() {
        faulty = false;
    }

    @Override
    public void listen(String channel, Listener listener) {
        bus.listen(channel, listener);
    }

    @Override
    public void send(String channel, String text) {
        double luck;
        synchronized (random) {
            luck = random.nextDouble();
        }
        if (!faulty || luck > 2 * share) {
            bus.send(channel, text);
            String before = late.getAndSet(null);
            if (before != null) {
                bus.send(channel, before);
            }
        } else if (luck > share) {
            late.set(text);
        }
    }

    @Override
    public void close() {
        bus.close();
    }
}
