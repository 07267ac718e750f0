package io.gleaner.app;

import io.gleaner.cache.Bus;
import java.util.function.BooleanSupplier;

/** Sends over the first bus while it works and over the second else; hears both. */
record FallbackBus(Bus first, BooleanSupplier works, Bus second) implements Bus {

    @Override
    public void listen(String channel, Listener listener) {
        first.listen(channel, listener);
        second.listen(channel, listener);
    }

    @Override
    public void send(String channel, String text) {
        Bus bus = works.getAsBoolean() ? first : second;
        bus.send(channel, text);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
