package io.gleaner.api.jobs;

import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.export.ExportFormat;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a client says it takes (RFC 9110, section 12.5.1). */
final class Accepted {

    private Accepted() {}

    /** Refuses a client that takes no JSON: another type would not be what it asked for. */
    static void json(ServerRequest request, String otherwise) {
        if (!takes(request, Json.MEDIA_TYPE)) {
            throw notAcceptable(request, otherwise);
        }
    }

    /** The format that the client asks for by its media type; the first, where it takes several. */
    static ExportFormat export(ServerRequest request) {
        List<HttpMediaType> types = request.headers().acceptedTypes();
        if (types.stream().allMatch(HttpMediaType::isWildcardType)) {
            throw Problem.of(ProblemCode.MISSING_VALUE, "format is missing; accepted: " + formats())
                    .with("field", "format")
                    .with("accepted", formats())
                    .raise();
        }
        return Arrays.stream(ExportFormat.values())
                .filter(format -> takes(request, withoutParameters(format.mediaType())))
                .findFirst()
                .orElseThrow(() -> notAcceptable(request, formats()));
    }

    private static boolean takes(ServerRequest request, String type) {
        List<HttpMediaType> types = request.headers().acceptedTypes();
        return types.isEmpty()
                || types.stream()
                        .anyMatch(
                                accepted ->
                                        accepted.qualityFactor() > 0
                                                && accepted.test(MediaTypes.create(type)));
    }

    private static String withoutParameters(String type) {
        return type.split(";", 2)[0];
    }

    private static ProblemException notAcceptable(ServerRequest request, String accepted) {
        String asked = String.join(", ", request.headers().values(HeaderNames.ACCEPT));
        return Problem.value(ProblemCode.NOT_ACCEPTABLE, "Accept", asked, accepted).raise();
    }

    private static String formats() {
        return Arrays.stream(ExportFormat.values())
                .map(ExportFormat::wireName)
                .collect(Collectors.joining(", "));
    }
}
