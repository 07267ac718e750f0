package io.gleaner.worker;

import io.gleaner.politeness.HostPace;
import io.gleaner.politeness.Visit;

/**
 * A slot of a host that was granted, and must be given back. Closing does, unless a request was
 * begun: from then on {@link Passage} answers for it. Used by one thread at a time.
 */
final class HeldTurn implements AutoCloseable {

    private final String host;
    private final HostPace pace;
    private boolean begun;

    /**
     * @param pace of the host, which has just granted the turn
     */
    HeldTurn(String host, HostPace pace) {
        this.host = host;
        this.pace = pace;
    }

    String host() {
        return host;
    }

    /** For the one who makes the request and gives the slot back afterwards. */
    HostPace begin() {
        begun = true;
        return pace;
    }

    @Override
    public void close() {
        if (!begun) {
            begun = true;
            pace.leave(new Visit.NotSent());
        }
    }
}
