package io.gleaner.worker;

import io.gleaner.fetch.FetchOutcome;
import java.net.URI;
import java.util.Optional;

/** Decides whether a redirect may be followed, before the next host is asked for a turn. */
@FunctionalInterface
interface HopCheck {

    /** Lets every redirect through. */
    HopCheck NONE = (next, cookies) -> Optional.empty();

    /**
     * Why not, or empty when it may.
     *
     * @param cookies whether the way so far has set cookies, so that the next URL may answer
     *     otherwise than it would by itself
     */
    Optional<FetchOutcome> refusal(URI next, boolean cookies) throws InterruptedException;

    /** This one, and then another. */
    default HopCheck and(HopCheck other) {
        return (next, cookies) -> {
            Optional<FetchOutcome> refusal = refusal(next, cookies);
            return refusal.isPresent() ? refusal : other.refusal(next, cookies);
        };
    }
}
