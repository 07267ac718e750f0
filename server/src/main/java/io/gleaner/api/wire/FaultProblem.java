package io.gleaner.api.wire;

import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault as the answer to a caller who waits for the page. The code is the fault's, lower case.
 */
public final class FaultProblem {

    private FaultProblem() {}

    public static Problem of(Page.Fault fault) {
        return of(fault.code(), fault.detail(), fault.status())
                .with("url", fault.url())
                .with("attempts", fault.attempts());
    }

    public static Problem of(FaultCode code, String detail, @Nullable Integer siteStatus) {
        var problem =
                new Problem(
                        status(code),
                        code.name().toLowerCase(Locale.ROOT),
                        code.meaning(),
                        detail,
                        Map.of(),
                        Map.of());
        return siteStatus == null ? problem : problem.with("siteStatus", siteStatus);
    }

    /**
     * 403 where we may not, 500 where we are to blame, 502 where the site gave no usable page, 503
     * where it may be rendered later.
     */
    private static int status(FaultCode code) {
        return switch (code) {
            case ROBOTS_DISALLOWED, CRAWL_DELAY_TOO_LONG, FORBIDDEN_ADDRESS -> 403;
            case INTERNAL_ERROR, WORKER_LOST -> 500;
            case ROBOTS_UNREACHABLE,
                    UNSUPPORTED_SCHEME,
                    INVALID_URL,
                    DNS_FAILURE,
                    CONNECT_FAILURE,
                    CONNECT_TIMEOUT,
                    TLS_FAILURE,
                    FIRST_BYTE_TIMEOUT,
                    TIMEOUT,
                    CONNECTION_RESET,
                    PROTOCOL_ERROR,
                    TRUNCATED_BODY,
                    BAD_ENCODING,
                    BODY_TOO_LARGE,
                    EMPTY_BODY,
                    BINARY_BODY,
                    UNSUPPORTED_CONTENT_TYPE,
                    REDIRECT_LOOP,
                    TOO_MANY_REDIRECTS,
                    BAD_REDIRECT,
                    NOT_MODIFIED,
                    REDIRECTED_OUT,
                    DUPLICATE,
                    NOINDEX,
                    HTTP_CLIENT_ERROR,
                    HTTP_SERVER_ERROR,
                    THROTTLED,
                    EXTRACTION_FAILED,
                    ENCRYPTED_DOCUMENT,
                    RENDER_TIMEOUT,
                    RENDER_CRASHED,
                    RENDER_OUT_OF_MEMORY,
                    RENDER_TOO_LARGE,
                    ACTION_FAILED ->
                    502;
            case RENDER_UNAVAILABLE -> 503;
        };
    }
}
