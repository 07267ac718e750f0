package io.gleaner.render.document;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.FaultCode;
import io.gleaner.proxy.Denial;
import org.jspecify.annotations.Nullable;

/** What the browser calls a failure of the network, in our words. */
final class NetErrors {

    private NetErrors() {}

    /**
     * @param error such as {@code net::ERR_EMPTY_RESPONSE}
     * @param denial what the proxy knows about it, or null
     */
    static FetchOutcome outcome(String error, @Nullable Denial denial) {
        if (denial != null) {
            return denial.code() == FaultCode.FORBIDDEN_ADDRESS
                    ? new Refused(denial.code(), denial.detail(), null)
                    : new Failed(denial.code(), denial.detail(), null);
        }
        return switch (code(error)) {
            case TOO_MANY_REDIRECTS -> new Refused(FaultCode.TOO_MANY_REDIRECTS, error, null);
            case UNSUPPORTED_SCHEME -> new Refused(FaultCode.UNSUPPORTED_SCHEME, error, null);
            case FaultCode other -> new Failed(other, error, null);
        };
    }

    private static FaultCode code(String error) {
        if (error.contains("CERT") || error.contains("SSL")) {
            return FaultCode.TLS_FAILURE;
        }
        return switch (error) {
            case "net::ERR_TOO_MANY_REDIRECTS" -> FaultCode.TOO_MANY_REDIRECTS;
            case "net::ERR_UNKNOWN_URL_SCHEME", "net::ERR_UNSAFE_REDIRECT" ->
                    FaultCode.UNSUPPORTED_SCHEME;
            case "net::ERR_TIMED_OUT" -> FaultCode.TIMEOUT;
            case "net::ERR_CONTENT_DECODING_FAILED" -> FaultCode.BAD_ENCODING;
            case "net::ERR_INCOMPLETE_CHUNKED_ENCODING", "net::ERR_CONTENT_LENGTH_MISMATCH" ->
                    FaultCode.TRUNCATED_BODY;
            case "net::ERR_INVALID_HTTP_RESPONSE",
                    "net::ERR_HTTP2_PROTOCOL_ERROR",
                    "net::ERR_RESPONSE_HEADERS_TOO_BIG" ->
                    FaultCode.PROTOCOL_ERROR;
            default -> FaultCode.CONNECTION_RESET;
        };
    }
}
