package io.gleaner.api.wire;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Locale;

/** Whose clients read an answer that is not a success, by the path that they asked. */
public enum Face {
    /** RFC 9457. */
    OWN {
        @Override
        String mediaType() {
            return Problem.MEDIA_TYPE;
        }

        @Override
        byte[] body(Problem problem) {
            return problem.json();
        }
    },
    /** As Firecrawl's clients read it: {@code success}, {@code error}, {@code code}, details. */
    FIRECRAWL {
        @Override
        String mediaType() {
            return Json.MEDIA_TYPE;
        }

        @Override
        byte[] body(Problem problem) {
            var body = new LinkedHashMap<String, Object>();
            body.put("success", false);
            body.put("error", problem.detail());
            body.put("code", code(problem));
            if (!problem.members().isEmpty()) {
                body.put("details", problem.members());
            }
            return Json.bytes(body);
        }
    };

    abstract String mediaType();

    abstract byte[] body(Problem problem);

    /** Versions of an API are in the path of Firecrawl's only. */
    public static Face of(String path) {
        return path.startsWith("/v1/") || path.startsWith("/v2/") ? FIRECRAWL : OWN;
    }

    /** Sends a problem in the words of this face. */
    public void send(Problem problem, ServerResponse response) {
        response.headers().remove(HeaderNames.ETAG);
        problem.headers()
                .forEach((name, value) -> response.header(HeaderNames.create(name), value));
        response.status(Status.create(problem.status()))
                .header(HeaderNames.CONTENT_TYPE, mediaType())
                .send(body(problem));
    }

    private static String code(Problem problem) {
        boolean refusedBody = problem.status() == Status.BAD_REQUEST_400.code();
        if (problem.code().equals(ProblemCode.MALFORMED_JSON.wireName())) {
            return "BAD_REQUEST_INVALID_JSON";
        }
        return refusedBody ? "BAD_REQUEST" : problem.code().toUpperCase(Locale.ROOT);
    }
}
