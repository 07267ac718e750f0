package io.gleaner.api.firecrawl;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.submit.OnePage;
import io.gleaner.api.submit.Submitter;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.BodyStream;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.RequestBody;
import io.gleaner.budget.Budget;
import io.gleaner.job.Job;
import io.gleaner.job.Page;
import io.gleaner.store.IdempotencyKey;
import io.gleaner.store.Pages;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Scrape, batch and crawl: what begins a job. */
final class StartHandler {

    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("x-idempotency-key");
    private static final int KEY_LENGTH_MAX = 255;

    private final ApiConfig config;
    private final UrlRules rules;
    private final Budget submissions;
    private final Submitter submitter;
    private final OnePage onePage;
    private final Pages pages;
    private final Version version;

    StartHandler(
            ApiConfig config,
            ApiParts parts,
            Submitter submitter,
            OnePage onePage,
            Version version) {
        this.config = config;
        this.rules = parts.rules();
        this.submissions = parts.budgets().submissions();
        this.submitter = submitter;
        this.onePage = onePage;
        this.pages = parts.pages();
        this.version = version;
    }

    void scrape(ServerRequest request, ServerResponse response) throws InterruptedException {
        QueryParams.of(request);
        var body = RequestBody.openJson(request, config.bodyMaxBytes());
        try (Asked asked = ScrapeRequest.scrape(body, rules, submissions, version)) {
            var fetched = onePage.of(Caller.of(request).tenant(), asked.submission());
            if (fetched.page().page() instanceof Page.Fault fault && fault.status() == null) {
                refuse(response, fetched.job(), fault);
                return;
            }
            var json = new ByteArrayOutputStream();
            try (var out = Json.generator(json)) {
                out.writeStartObject();
                out.writeBooleanProperty("success", true);
                if (asked.warning() != null) {
                    out.writeStringProperty("warning", asked.warning());
                }
                out.writeName("data");
                new DocumentJson(out, fetched.job(), Origin.of(request.headers()), pages)
                        .write(fetched.page(), asked.warning());
                out.writeStringProperty("scrape_id", fetched.job().id().toString());
                out.writeEndObject();
            }
            Json.send(response, json.toByteArray());
        }
    }

    /** A page that the site did not answer for. Not 502: their clients ask again on that. */
    private static void refuse(ServerResponse response, Job job, Page.Fault fault) {
        String name = "SCRAPE_" + fault.code();
        var body = new LinkedHashMap<String, Object>();
        body.put("success", false);
        body.put("code", name);
        body.put("error", "%s: %s".formatted(fault.code().meaning(), fault.detail()));
        body.put("id", job.id());
        response.status(
                switch (fault.code()) {
                    case DNS_FAILURE -> {
                        body.put("code", "SCRAPE_DNS_RESOLUTION_ERROR");
                        yield Status.OK_200;
                    }
                    case ROBOTS_DISALLOWED, CRAWL_DELAY_TOO_LONG, FORBIDDEN_ADDRESS ->
                            Status.FORBIDDEN_403;
                    case TIMEOUT, FIRST_BYTE_TIMEOUT, CONNECT_TIMEOUT, RENDER_TIMEOUT -> {
                        body.put("code", "SCRAPE_TIMEOUT");
                        yield Status.REQUEST_TIMEOUT_408;
                    }
                    case UNSUPPORTED_CONTENT_TYPE -> {
                        body.put("code", "SCRAPE_UNSUPPORTED_FILE_ERROR");
                        yield Status.INTERNAL_SERVER_ERROR_500;
                    }
                    default -> Status.INTERNAL_SERVER_ERROR_500;
                });
        Json.send(response, body);
    }

    void batch(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Optional<String> key = idempotencyKey(request);
        BodyStream body = RequestBody.openJson(request, config.bodyMaxBytes());
        try (Asked asked =
                ScrapeRequest.batch(body, rules, submissions, config.urlsMax(), version)) {
            started(request, response, asked, key, body, "/batch/scrape/");
        }
    }

    void crawl(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Optional<String> key = idempotencyKey(request);
        BodyStream body = RequestBody.openJson(request, config.bodyMaxBytes());
        try (Asked asked = CrawlRequest.read(body, rules, submissions, version)) {
            started(request, response, asked, key, body, "/crawl/");
        }
    }

    private void started(
            ServerRequest request,
            ServerResponse response,
            Asked asked,
            Optional<String> key,
            BodyStream body,
            String path) {
        var idempotency = key.map(text -> new IdempotencyKey(text, body.hash())).orElse(null);
        Job job = submitter.stored(Caller.of(request).tenant(), asked.submission(), idempotency);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("success", true);
        answer.put("id", job.id());
        answer.put("url", Origin.of(request.headers()).url(version.path(path + job.id())));
        if (!asked.invalidUrls().isEmpty()) {
            answer.put("invalidURLs", asked.invalidUrls());
        }
        if (asked.warning() != null) {
            answer.put("warning", asked.warning());
        }
        Json.send(response, answer);
    }

    private static Optional<String> idempotencyKey(ServerRequest request) {
        Optional<String> key = request.headers().first(IDEMPOTENCY_KEY);
        if (key.isPresent() && (key.get().isBlank() || key.get().length() > KEY_LENGTH_MAX)) {
            throw BodyReader.refuse(
                    IDEMPOTENCY_KEY.defaultCase(),
                    Problem.shorten(key.get()),
                    "1 to " + KEY_LENGTH_MAX + " characters");
        }
        return key;
    }
}
