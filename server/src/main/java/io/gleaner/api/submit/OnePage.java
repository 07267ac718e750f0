package io.gleaner.api.submit;

import io.gleaner.api.jobs.JobAnswer;
import io.gleaner.api.jobs.JobView;
import io.gleaner.api.jobs.JobWatch;
import io.gleaner.api.jobs.JobsHandler;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import io.gleaner.store.PageFilter;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredPage;
import io.helidon.http.HeaderNames;
import java.util.List;

/** A job of one URL, waited for until its page is there. */
public final class OnePage {

    private final Submitter submitter;
    private final JobWatch watch;
    private final Pages pages;

    public OnePage(Submitter submitter, JobWatch watch, Pages pages) {
        this.submitter = submitter;
        this.watch = watch;
        this.pages = pages;
    }

    /** What came of it, content or a fault. */
    public record Fetched(Job job, StoredPage page) {}

    /**
     * Waits no longer than one attempt may take.
     *
     * @throws io.gleaner.api.wire.ProblemException when nothing was stored or nothing came
     */
    public Fetched of(Tenant tenant, Submission submission) throws InterruptedException {
        Job job = submitter.stored(tenant, submission, null);
        JobAnswer last =
                JobsHandler.found(
                        job.id(),
                        watch.await(
                                new JobRef(tenant, job.id()),
                                JobAnswer::isFinal,
                                submission.spec().fetch().timeout()));
        List<StoredPage> found = pages.read(job.id(), 0, 1, PageFilter.ALL);
        if (found.isEmpty()) {
            throw noPage(last, JobView.path(job.id())).raise();
        }
        return new Fetched(job, found.getFirst());
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
