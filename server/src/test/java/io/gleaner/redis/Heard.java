package io.gleaner.redis;

import io.gleaner.cache.Bus;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what it hears. */
record Heard(AtomicInteger messages) implements Bus.Listener {

    static Bus.Listener counting(AtomicInteger messages) {
        return new Heard(messages);
    }

    @Override
    public void message(String text) {
        messages.incrementAndGet();
    }

    @Override
    public void gap() {}
}
