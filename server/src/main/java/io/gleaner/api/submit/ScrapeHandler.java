package io.gleaner.api.submit;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.jobs.JobView;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.FaultProblem;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.RequestBody;
import io.gleaner.budget.Budget;
import io.gleaner.export.PageJson;
import io.gleaner.job.Page;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;

/** {@code POST /api/scrape}: a job of one URL whose page is the answer. */
public final class ScrapeHandler implements Handler {

    private final ApiConfig config;
    private final UrlRules rules;
    private final Budget submissions;
    private final OnePage onePage;

    public ScrapeHandler(ApiConfig config, ApiParts parts, OnePage onePage) {
        this.config = config;
        this.rules = parts.rules();
        this.submissions = parts.budgets().submissions();
        this.onePage = onePage;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        QueryParams.of(request);
        var body = RequestBody.openJson(request, config.bodyMaxBytes());
        try (Submission submission = ScrapeBody.read(body, rules, submissions)) {
            answer(response, onePage.of(Caller.of(request).tenant(), submission));
        }
    }

    private static void answer(ServerResponse response, OnePage.Fetched fetched) {
        String path = JobView.path(fetched.job().id());
        if (fetched.page().page() instanceof Page.Fault fault) {
            throw FaultProblem.of(fault).with("job", path).raise();
        }
        var json = new ByteArrayOutputStream();
        try (var out = Json.generator(json)) {
            new PageJson(out).write(fetched.page());
        }
        response.header(HeaderNames.CONTENT_TYPE, Json.MEDIA_TYPE)
                .header(HeaderNames.LOCATION, path)
                .send(json.toByteArray());
    }
}
