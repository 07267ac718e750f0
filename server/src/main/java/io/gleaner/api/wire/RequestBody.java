package io.gleaner.api.wire;

import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Locale;

/** The body of a request: of a type that is accepted, and not longer than its limit. */
public final class RequestBody {

    private RequestBody() {}

    /** The request's media type without parameters, if it is one of those accepted. */
    public static String mediaType(ServerRequest request, String... accepted) {
        // Helidon's own parser throws on a bad header; a type we cannot read is one we do not take.
        String sent =
                request.headers().first(io.helidon.http.HeaderNames.CONTENT_TYPE).orElse("none");
        String type = sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (List.of(accepted).contains(type)) {
            return type;
        }
        throw Problem.value(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Type",
                        sent,
                        String.join(", ", accepted))
                .raise();
    }

    public static BodyStream open(ServerRequest request, long maxBytes) {
        if (request.headers().contentLength().orElse(0) > maxBytes) {
            throw BodyStream.tooLarge(maxBytes);
        }
        return new BodyStream(request.content().inputStream(), maxBytes);
    }

    public static BodyStream openJson(ServerRequest request, long maxBytes) {
        mediaType(request, Json.MEDIA_TYPE);
        return open(request, maxBytes);
    }
}
