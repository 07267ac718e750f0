package io.gleaner.fetch;

import java.net.URI;
import java.util.Optional;

/**
 * Decides whether a redirect may be followed: robots.txt and the pace of the next host. Time spent
 * in here does not count against the timeout of the fetch.
 */
@FunctionalInterface
public interface HopGate {

    /** The outcome to end the fetch with, or empty to go on to {@code next}. */
    Optional<FetchOutcome> stop(URI next) throws InterruptedException;

    /**
     * As {@link #stop(URI)}.
     *
     * @param cookies whether the way so far has set cookies
     */
    default Optional<FetchOutcome> stop(URI next, boolean cookies) throws InterruptedException {
        return stop(next);
    }

    /** Lets every redirect through. */
    static HopGate open() {
        return next -> Optional.empty();
    }
}
