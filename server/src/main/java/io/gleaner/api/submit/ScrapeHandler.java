package io.gleaner.api.submit;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.jobs.JobAnswer;
import io.gleaner.api.jobs.JobView;
import io.gleaner.api.jobs.JobWatch;
import io.gleaner.api.jobs.JobsHandler;
import io.gleaner.api.jobs.PageJson;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.FaultProblem;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.RequestBody;
import io.gleaner.budget.Budget;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.job.JobState;
import io.gleaner.job.Page;
import io.gleaner.job.Tenant;
import io.gleaner.store.PageFilter;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredPage;
import io.gleaner.store.SubmitOutcome.Accepted;
import io.gleaner.store.SubmitOutcome.BacklogFull;
import io.gleaner.store.SubmitOutcome.Conflict;
import io.gleaner.store.SubmitOutcome.Duplicate;
import io.gleaner.store.SubmitOutcome.InProgress;
import io.gleaner.store.SubmitOutcome.Overloaded;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** {@code POST /api/scrape}: a job of one URL whose page is the answer. */
public final class ScrapeHandler implements Handler {

    private final ApiConfig config;
    private final UrlRules rules;
    private final Budget submissions;
    private final Submitter submitter;
    private final Pages pages;
    private final JobWatch watch;

    public ScrapeHandler(ApiConfig config, ApiParts parts, JobWatch watch, Submitter submitter) {
        this.config = config;
        this.rules = parts.rules();
        this.submissions = parts.budgets().submissions();
        this.submitter = submitter;
        this.pages = parts.pages();
        this.watch = watch;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        QueryParams.of(request);
        var body = RequestBody.openJson(request, config.bodyMaxBytes());
        try (Submission submission = ScrapeBody.read(body, rules, submissions)) {
            Tenant tenant = Caller.of(request).tenant();
            Job job = submit(tenant, submission);
            Duration timeout = submission.spec().fetch().timeout();
            JobAnswer last =
                    JobsHandler.found(
                            job.id(),
                            watch.await(new JobRef(tenant, job.id()), JobAnswer::isFinal, timeout));
            answer(response, job.id(), last);
        }
    }

    private Job submit(Tenant tenant, Submission submission) {
        return switch (submitter.submit(tenant, submission, null)) {
            case Accepted(Job job) -> job;
            case Duplicate(Job job) -> job;
            case Conflict(Job job) -> job;
            case InProgress(Duration retryAfter) -> throw SubmitHandler.inProgress(retryAfter);
            case BacklogFull full -> throw SubmitHandler.backlogFull(full);
            case Overloaded(Duration retryAfter) -> throw SubmitHandler.overloaded(retryAfter);
        };
    }

    private void answer(ServerResponse response, UUID id, JobAnswer job) {
        String path = JobView.path(id);
        List<StoredPage> found = pages.read(id, 0, 1, PageFilter.ALL);
        if (found.isEmpty()) {
            throw noPage(job, path).raise();
        }
        if (found.getFirst().page() instanceof Page.Fault fault) {
            throw FaultProblem.of(fault).with("job", path).raise();
        }
        var json = new ByteArrayOutputStream();
        try (var out = Json.generator(json)) {
            new PageJson(out).write(found.getFirst());
        }
        response.header(HeaderNames.CONTENT_TYPE, Json.MEDIA_TYPE)
                .header(HeaderNames.LOCATION, path)
                .send(json.toByteArray());
    }

    private static Problem noPage(JobAnswer job, String path) {
        if (job.state() == JobState.RUNNING) {
            return Problem.of(
                            ProblemCode.SCRAPE_TIMEOUT,
                            "the page is still being fetched; its job goes on")
                    .with("job", path)
                    .header(HeaderNames.LOCATION_NAME, path);
        }
        return Problem.of(ProblemCode.JOB_CANCELLED, "the job was cancelled before its page came")
                .with("job", path);
    }
}
