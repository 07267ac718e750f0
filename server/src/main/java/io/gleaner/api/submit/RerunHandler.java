package io.gleaner.api.submit;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.jobs.JobsHandler;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.BodyStream;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.RequestBody;
import io.gleaner.budget.Budget;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.job.JobSpec;
import io.gleaner.store.IdempotencyKey;
import io.gleaner.store.Jobs;
import io.gleaner.store.PageOutcome;
import io.gleaner.store.Pages;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/jobs/{id}/rerun}: the same work once more, as a job of its own. A crawl begins
 * again at its start page; a list is read from the pages that came of it.
 */
public final class RerunHandler implements Handler {

    private static final int CHUNK = 1_000;

    private final ApiConfig config;
    private final Jobs jobs;
    private final Pages pages;
    private final UrlRules rules;
    private final Budget submissions;
    private final Submitter submitter;
    private final SubmitAnswer answer;

    public RerunHandler(ApiConfig config, ApiParts parts, Submitter submitter) {
        this.config = config;
        this.jobs = parts.jobs();
        this.pages = parts.pages();
        this.rules = parts.rules();
        this.submissions = parts.budgets().submissions();
        this.submitter = submitter;
        this.answer = new SubmitAnswer(parts.clock());
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Optional<String> key = SubmitHandler.idempotencyKey(request);
        JobRef ref = JobsHandler.ref(request);
        Jobs.Repeatable before = JobsHandler.found(ref.id(), jobs.findToRepeat(ref));
        var headers = new AtomicReference<@Nullable Map<String, String>>();
        String hash = readHeaders(request, headers);
        JobSpec spec = spec(before, headers.get());
        try (Submission submission = new Submission(spec, new Seeds(submissions))) {
            addSeeds(before.job(), submission.seeds());
            // Of another job the same key is another wish.
            var idempotency =
                    key.map(
                                    text ->
                                            new IdempotencyKey(
                                                    text, "rerun %s %s".formatted(ref.id(), hash)))
                            .orElse(null);
            answer.send(
                    response,
                    submitter.submit(Caller.of(request).tenant(), submission, idempotency));
        }
    }

    /** Answers the hash of the body; none is as good as an empty object. */
    private String readHeaders(
            ServerRequest request, AtomicReference<@Nullable Map<String, String>> headers) {
        if (request.headers().first(HeaderNames.CONTENT_TYPE).isEmpty()) {
            return "";
        }
        BodyStream in = RequestBody.openJson(request, config.bodyMaxBytes());
        BodyReader.read(
                in,
                body -> {
                    var options = new OptionKeys(body, rules, JobSpec.PRIORITY_DEFAULT);
                    var keys = new LinkedHashMap<String, BodyReader.Value>();
                    keys.put("headers", path -> headers.set(options.readHeaders(path)));
                    body.object("", keys);
                });
        return in.hash();
    }

    private JobSpec spec(Jobs.Repeatable before, @Nullable Map<String, String> headers) {
        JobSpec spec = before.job().spec();
        if (before.secretsGone()) {
            LostSecrets.requireHeadersAlone(before.job());
            if (headers == null) {
                throw LostSecrets.of(before.job(), "send them again: {\"headers\": {...}}");
            }
        }
        if (headers == null) {
            return spec;
        }
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(spec.fetch().headers());
        all.putAll(headers);
        OptionKeys.check("headers", () -> rules.checkHeaders(all));
        return spec.withHeaders(all);
    }

    private void addSeeds(Job job, Seeds seeds) {
        CrawlSpec crawl = job.spec().crawl();
        if (crawl != null) {
            seeds.add(rules.seed(crawl.movedTo(null)));
            return;
        }
        var urlCheck = new UrlCheck(rules);
        long read = 0;
        List<PageOutcome> chunk;
        do {
            chunk = pages.outcomes(job.id(), read, CHUNK);
            for (PageOutcome page : chunk) {
                seeds.add(urlCheck.candidate("the job's page " + page.seq(), page.url(), false));
            }
            read += chunk.size();
        } while (chunk.size() == CHUNK);
        if (read < job.total()) {
            throw Problem.of(
                            ProblemCode.URLS_UNKNOWN,
                            "the list of a job is read from its pages, and this one has %d of %d"
                                    .formatted(read, job.total()))
                    .with("field", "id")
                    .with("value", job.id())
                    .with("accepted", "a crawl, or a list that has been worked through")
                    .raise();
        }
    }
}
