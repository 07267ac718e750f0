package io.gleaner.politeness;

import io.gleaner.job.FaultCode;
import java.time.Duration;

/** Whether robots.txt lets us fetch a URL. */
public sealed interface Permission {

    /**
     * Go ahead.
     *
     * @param crawlDelay what robots.txt asks for, zero if it asks for none
     */
    record Allowed(Duration crawlDelay) implements Permission {}

    /**
     * A rule forbids it; this holds until the next robots.txt.
     *
     * @param rule one clause for people
     */
    record Disallowed(String rule) implements Permission {}

    /** The host asks for a longer delay than the setting allows. */
    record DelayTooLong(Duration asked, Duration max) implements Permission {}

    /**
     * robots.txt could not be read, which forbids everything for now.
     *
     * @param code why it could not be read
     * @param detail one clause for people
     * @param retryAfter when it is worth asking again, positive
     */
    record Unreachable(FaultCode code, String detail, Duration retryAfter) implements Permission {}
}
