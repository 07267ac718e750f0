package io.gleaner.fetch;

import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.FetchOutcome.Throttled;
import io.gleaner.job.FaultCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an answer without a page means, by its status. */
public final class StatusOutcome {

    // The request came at a bad moment, which says nothing about the next one.
    private static final Set<Integer> PASSING = Set.of(408, 425);

    private StatusOutcome() {}

    /**
     * @param status other than 2xx
     * @param retryAfter as the host sent it, or null
     */
    public static FetchOutcome of(
            int status, String host, @Nullable String retryAfter, FetchConfig config) {
        if (status == 429 || status == 503) {
            var wait =
                    RetryAfter.parse(retryAfter, config.clock().instant(), config.retryAfterMax());
            return new Throttled(
                    status, wait.orElse(null), "status %d from %s".formatted(status, host));
        }
        String detail = "status " + status;
        if (status >= 500) {
            return new Failed(FaultCode.HTTP_SERVER_ERROR, detail, status);
        }
        if (status >= 400) {
            return PASSING.contains(status)
                    ? new Failed(FaultCode.HTTP_CLIENT_ERROR, detail, status)
                    : new Refused(FaultCode.HTTP_CLIENT_ERROR, detail, status);
        }
        return new Refused(FaultCode.BAD_REDIRECT, detail + " is not one we follow", status);
    }
}
