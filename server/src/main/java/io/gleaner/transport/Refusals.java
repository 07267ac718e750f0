package io.gleaner.transport;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/** What is told to a client whose request does not reach the API. */
final class Refusals {

    private static final String RETRY_SECONDS = "5";

    private Refusals() {}

    static RequestException badRequest(String detail) {
        return refusal(EventType.BAD_REQUEST, Status.BAD_REQUEST_400, detail).build();
    }

    static RequestException headTooLong(int max) {
        return refusal(
                        EventType.BAD_REQUEST,
                        Status.create(431, "Request Header Fields Too Large"),
                        "the request's head is longer than %d bytes".formatted(max))
                .build();
    }

    static RequestException chunkTooLong(int max) {
        return refusal(
                        EventType.PAYLOAD_TOO_LARGE,
                        Status.REQUEST_ENTITY_TOO_LARGE_413,
                        "a chunk is longer than %d bytes; send smaller ones".formatted(max))
                .build();
    }

    static RequestException version() {
        return refusal(
                        EventType.HTTP_VERSION_NOT_SUPPORTED,
                        Status.HTTP_VERSION_NOT_SUPPORTED_505,
                        "this version of HTTP is not served")
                .build();
    }

    static RequestException tls() {
        return badRequest("what came looks like TLS, and this port speaks plain HTTP: use http://");
    }

    static RequestException notHttp() {
        return badRequest("what came is not HTTP");
    }

    static RequestException allConnectionsTaken(int max) {
        return busy(
                "all %d connections are in use; GLEANER_CONNECTIONS says how many there are"
                        .formatted(max));
    }

    static RequestException tooManyFromAddress(int max) {
        return busy(
                "this address has %d connections, as many as one may;".formatted(max)
                        + " GLEANER_CONNECTIONS_PER_ADDRESS says how many");
    }

    private static RequestException busy(String detail) {
        return refusal(EventType.OTHER, Status.SERVICE_UNAVAILABLE_503, detail)
                .header(HeaderValues.create("Retry-After", RETRY_SECONDS))
                .build();
    }

    private static RequestException.Builder refusal(EventType type, Status status, String detail) {
        return RequestException.builder()
                .type(type)
                .status(status)
                .message(detail)
                .setKeepAlive(false);
    }
}
