package io.gleaner.politeness;

import io.gleaner.job.FaultCode;

/** What an attempt to load robots.txt came to (the access results of RFC 9309 section 2.3.1). */
public sealed interface RobotsResponse {

    /**
     * A successful answer, whatever is in it.
     *
     * @param body as decoded; what exceeds the limit may be missing
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    record Found(byte[] body) implements RobotsResponse {}

    /**
     * "Unavailable": the host says there is none, which allows everything. 429 is the exception: it
     * counts as {@link Unreachable}, because a host that asks for restraint has not said yes.
     *
     * @param status 4xx, or 3xx after too many redirects
     */
    record Absent(int status) implements RobotsResponse {
        public Absent {
            if (status < 300 || status > 499) {
                throw new IllegalArgumentException("status must be 300 to 499: " + status);
            }
        }
    }

    /**
     * "Unreachable": 5xx, no answer in time, no connection; forbids everything for a while.
     *
     * @param detail one clause for people
     */
    record Unreachable(FaultCode cause, String detail) implements RobotsResponse {}
}
