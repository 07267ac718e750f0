package io.gleaner.politeness;

import java.time.Duration;

/** What {@link HostPace#tryEnter()} says to a wish to start a request now. */
public sealed interface Turn {

    /** Start now; {@link HostPace#leave} must follow. */
    record Granted() implements Turn {}

    /**
     * Not yet: crawl delay or backoff.
     *
     * @param delay positive
     */
    record Wait(Duration delay) implements Turn {}

    /** All slots are taken: wait for a {@link HostPace#leave}. */
    record Full() implements Turn {}
}
