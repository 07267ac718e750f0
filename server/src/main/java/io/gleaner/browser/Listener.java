package io.gleaner.browser;

/** Hears events, on the thread that reads from the browser: it must not wait. */
@FunctionalInterface
public interface Listener {
    void heard(Event event);
}
