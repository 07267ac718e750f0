package io.gleaner.fetch;

import io.gleaner.job.FaultCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one attempt to fetch a URL came to. Only expected outcomes: a bug is an exception. */
public sealed interface FetchOutcome {

    /** An answer with a body worth keeping. */
    record Fetched(Response response) implements FetchOutcome {}

    /**
     * The host asks us to come back later (429 or 503).
     *
     * @param retryAfter how much later, capped by the configuration; null when it did not say
     */
    record Throttled(int status, @Nullable Duration retryAfter, String detail)
            implements FetchOutcome {}

    /**
     * An answer that will not improve: 404, a type that is not parsed, a body over the limit.
     *
     * @param detail one clause for people
     * @param status of the answer, or null when there was none
     */
    record Refused(FaultCode code, String detail, @Nullable Integer status)
            implements FetchOutcome {}

    /**
     * No usable answer this time: timeout, reset, DNS, 5xx.
     *
     * @param detail one clause for people
     * @param status of the answer, or null when there was none
     */
    record Failed(FaultCode code, String detail, @Nullable Integer status)
            implements FetchOutcome {}
}
