package io.gleaner.api.submit;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.jobs.JobView;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.BodyStream;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.RequestBody;
import io.gleaner.budget.Budget;
import io.gleaner.job.Job;
import io.gleaner.store.IdempotencyKey;
import io.gleaner.store.SubmitOutcome.BacklogFull;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;

/** {@code POST /api/jobs}: reads and checks the whole body, then stores the job durably. */
public final class SubmitHandler implements Handler {

    static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

    private static final int KEY_LENGTH_MAX = 255;

    private final ApiConfig config;
    private final ApiParts parts;
    private final Submitter submitter;
    private final UrlRules rules;
    private final Budget submissions;
    private final SubmitAnswer answer;

    public SubmitHandler(ApiConfig config, ApiParts parts, Submitter submitter) {
        this.config = config;
        this.parts = parts;
        this.submitter = submitter;
        this.rules = parts.rules();
        this.submissions = parts.budgets().submissions();
        this.answer = new SubmitAnswer(parts.clock());
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Optional<String> key = idempotencyKey(request);
        String type = RequestBody.mediaType(request, Json.MEDIA_TYPE, Json.LINES_TYPE);
        boolean lines = type.equals(Json.LINES_TYPE);
        BodyStream body =
                RequestBody.open(request, lines ? config.linesMaxBytes() : config.bodyMaxBytes());
        try (Submission submission =
                lines
                        ? UrlLines.read(body, rules, config.urlLinesMax(), submissions)
                        : SubmitBody.read(
                                body,
                                rules,
                                config.urlsMax(),
                                submissions,
                                new StoredCrawls(
                                        parts.jobs(),
                                        parts.pages(),
                                        rules,
                                        Caller.of(request).tenant()))) {
            var idempotency = key.map(text -> new IdempotencyKey(text, body.hash())).orElse(null);
            answer.send(
                    response,
                    submitter.submit(Caller.of(request).tenant(), submission, idempotency));
        }
    }

    static ProblemException backlogFull(BacklogFull full) {
        return Problem.of(ProblemCode.BACKLOG_FULL, "too many tasks are queued; nothing was stored")
                .retryAfter(full.retryAfter())
                .raise();
    }

    static ProblemException overloaded(Duration retryAfter) {
        return Problem.of(
                        ProblemCode.OVERLOADED,
                        "submissions come faster than they can be stored; nothing was stored")
                .retryAfter(retryAfter)
                .raise();
    }

    static ProblemException conflict(Job job) {
        return Problem.of(
                        ProblemCode.IDEMPOTENCY_CONFLICT,
                        "the key belongs to another body; send this one under a new key")
                .with("field", IDEMPOTENCY_KEY.defaultCase())
                .with("job", JobView.path(job.id()))
                .raise();
    }

    static ProblemException inProgress(Duration retryAfter) {
        return Problem.of(
                        ProblemCode.IDEMPOTENCY_IN_PROGRESS,
                        "another submission with this key is being stored; send this one again")
                .with("field", IDEMPOTENCY_KEY.defaultCase())
                .retryAfter(retryAfter)
                .raise();
    }

    static Optional<String> idempotencyKey(ServerRequest request) {
        Optional<String> key = request.headers().first(IDEMPOTENCY_KEY);
        if (key.isPresent() && (key.get().isBlank() || key.get().length() > KEY_LENGTH_MAX)) {
            throw BodyReader.refuse(
                    IDEMPOTENCY_KEY.defaultCase(),
                    key.get(),
                    "1 to " + KEY_LENGTH_MAX + " characters");
        }
        return key;
    }
}
