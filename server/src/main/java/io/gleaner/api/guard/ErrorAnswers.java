package io.gleaner.api.guard;

import io.gleaner.api.wire.Face;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.database.DatabaseException;
import io.gleaner.objects.ObjectsException;
import io.gleaner.telemetry.Repeats;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into a problem. Details of the inside go to the log only. */
public final class ErrorAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private static final String VERSIONS =
            "this version of HTTP is not served; accepted: HTTP/1.1, and HTTP/1.0 if a connection"
                    + " begins with it; in nginx: proxy_http_version 1.1;";

    // What Helidon says of a request line, whose text it does not repeat.
    private static final String UNSAFE = "Bad request, see server log";
    private static final String REQUEST_LINE =
            "the request's first line cannot be read; accepted: METHOD PATH HTTP/1.1";

    private static final Repeats SAID = new Repeats(Duration.ofSeconds(10), System::nanoTime);

    private ErrorAnswers() {}

    /** Found again in the log. */
    record RequestId(String text) {}

    public static void register(HttpRouting.Builder routing) {
        routing.error(
                ProblemException.class,
                (request, response, e) -> send(request, response, e.problem()));
        routing.error(DatabaseException.class, ErrorAnswers::store);
        routing.error(ObjectsException.class, ErrorAnswers::objects);
        routing.error(InterruptedException.class, ErrorAnswers::interrupted);
        routing.error(HttpException.class, ErrorAnswers::http);
        routing.error(Throwable.class, ErrorAnswers::unexpected);
    }

    /** For requests that are refused before they reach a route. */
    public static DirectHandlers direct() {
        var handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, ErrorAnswers::refused);
        }
        return handlers.build();
    }

    private static void store(ServerRequest request, ServerResponse response, DatabaseException e) {
        // Of what a thousand requests meet in a second the log needs one line.
        if (!e.isKnownOutage() && SAID.first(String.valueOf(e.getMessage()))) {
            LOG.warn("no answer from the database: {}", e.getMessage());
        }
        LOG.debug("no answer from the database", e);
        send(
                request,
                response,
                Problem.of(
                                ProblemCode.STORE_UNAVAILABLE,
                                "the database cannot be used now; the log has the cause")
                        .with("id", id(request))
                        .retryAfter(Duration.ofSeconds(1)));
    }

    private static void objects(
            ServerRequest request, ServerResponse response, ObjectsException e) {
        if (!e.isKnownOutage() && SAID.first(String.valueOf(e.getMessage()))) {
            LOG.warn("no answer from the object store: {}", e.getMessage());
        }
        send(
                request,
                response,
                Problem.of(
                                ProblemCode.STORE_UNAVAILABLE,
                                "the object store, where this lies, cannot be used now; the log has"
                                        + " the cause")
                        .with("id", id(request))
                        .retryAfter(Duration.ofSeconds(1)));
    }

    private static void interrupted(
            ServerRequest request, ServerResponse response, InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CloseConnectionException("the server is shutting down", e);
    }

    private static void unexpected(ServerRequest request, ServerResponse response, Throwable e) {
        String id = id(request);
        LOG.error("a bug met {} {}", request.prologue().method(), request.path().path(), e);
        send(
                request,
                response,
                Problem.of(
                                ProblemCode.INTERNAL_ERROR,
                                "an unexpected error; the log has it under the id " + id)
                        .with("id", id));
    }

    private static void send(ServerRequest request, ServerResponse response, Problem problem) {
        Face.of(request.path().path()).send(problem, response);
    }

    private static void http(ServerRequest request, ServerResponse response, HttpException e) {
        send(request, response, of(e.status(), e.getMessage()));
    }

    private static DirectHandler.TransportResponse refused(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Problem problem = compressed(request).orElseGet(() -> of(status, message));
        byte[] body = problem.json();
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .keepAlive(type.keepAlive())
                .entity(body)
                .build();
    }

    /** Helidon refuses a body that is compressed before any handler, and does not say so. */
    private static Optional<Problem> compressed(DirectHandler.TransportRequest request) {
        return request.headers()
                .first(HeaderNames.CONTENT_ENCODING)
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .map(
                        encoding ->
                                Problem.value(
                                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                                        "Content-Encoding",
                                        encoding,
                                        "a body that is not compressed"));
    }

    private static Problem of(Status status, @Nullable String message) {
        String detail = message == null || message.isBlank() ? status.reasonPhrase() : message;
        ProblemCode code = code(status.code());
        if (code == ProblemCode.HTTP_VERSION) {
            detail = VERSIONS;
        } else if (detail.startsWith(UNSAFE)) {
            detail = REQUEST_LINE;
        }
        return new Problem(
                status.code(), code.wireName(), code.title(), detail, Map.of(), Map.of());
    }

    /** What is not the client's mistake, and has no name, is ours. */
    private static ProblemCode code(int status) {
        return switch (status) {
            case 413 -> ProblemCode.BODY_TOO_LARGE;
            case 501 -> ProblemCode.UNSUPPORTED_CODING;
            case 503 -> ProblemCode.TOO_MANY_CONNECTIONS;
            case 505 -> ProblemCode.HTTP_VERSION;
            default -> status < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.INTERNAL_ERROR;
        };
    }

    private static String id(ServerRequest request) {
        return request.context().get(RequestId.class).map(RequestId::text).orElse("unknown");
    }
}
