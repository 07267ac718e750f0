package io.gleaner.politeness;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a granted request went, as far as the host's pace is concerned. */
public sealed interface Visit {

    /**
     * The host answered in order; a 404 does.
     *
     * @param latency request sent until first byte of the answer
     */
    record Answered(Duration latency) implements Visit {}

    /** No usable answer: timeout, reset, refused connection, 5xx. */
    record Failed() implements Visit {}

    /**
     * 429 or 503.
     *
     * @param retryAfter what the host asks for, or null if it does not say
     */
    record Throttled(@Nullable Duration retryAfter) implements Visit {}

    /** No request reached the host: cancelled, interrupted, refused by a check of ours. */
    record NotSent() implements Visit {}
}
