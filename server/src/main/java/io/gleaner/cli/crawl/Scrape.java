package io.gleaner.cli.crawl;

import io.gleaner.app.Gleaner;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.StopSignals;
import io.gleaner.cli.option.DurationConverter;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.store.PageFilter;
import io.gleaner.store.SeedSource;
import io.gleaner.store.StoredPage;
import io.gleaner.store.SubmitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One URL through the service in this process. */
final class Scrape {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int PRIORITY = 1;

    private final Gleaner gleaner;
    private final StopSignals stop;
    private final Duration waitMax;

    Scrape(Gleaner gleaner, StopSignals stop, Duration waitMax) {
        this.gleaner = gleaner;
        this.stop = stop;
        this.waitMax = waitMax;
    }

    /** A page and the job that it is of. */
    record Result(UUID job, StoredPage page) {}

    /** What came of the URL; empty when a signal stopped it. */
    Optional<Result> run(Candidate url, ContentSpec content, FetchSpec fetch)
            throws InterruptedException {
        UUID id = submit(url, content, fetch);
        Instant until = Instant.now().plus(waitMax);
        while (!stop.requested() && Instant.now().isBefore(until)) {
            long seen = gleaner.signals().jobVersion(id);
            List<StoredPage> pages = gleaner.pages().read(id, 0, 1, PageFilter.ALL);
            if (!pages.isEmpty()) {
                return Optional.of(new Result(id, pages.getFirst()));
            }
            gleaner.signals().awaitJob(id, seen, LOOK_AGAIN);
        }
        String reason = reason(id);
        gleaner.jobs().cancel(id);
        if (stop.requested()) {
            return Optional.empty();
        }
        throw CommandFailure.nothing(
                "no answer after %s%s".formatted(DurationConverter.text(waitMax), reason));
    }

    private UUID submit(Candidate seed, ContentSpec content, FetchSpec fetch) {
        var spec = new JobSpec(JobKind.SCRAPE, null, content, fetch, PRIORITY);
        return switch (gleaner.submissions().submit(spec, SeedSource.of(List.of(seed)), null)) {
            case SubmitOutcome.Accepted(Job job) -> job.id();
            case SubmitOutcome.Duplicate(Job job) -> job.id();
            case SubmitOutcome.Conflict(Job job) -> job.id();
            case SubmitOutcome.InProgress(Duration retryAfter) ->
                    throw CommandFailure.busy(retryAfter);
            case SubmitOutcome.BacklogFull(Duration retryAfter) ->
                    throw CommandFailure.busy(retryAfter);
            case SubmitOutcome.Overloaded(Duration retryAfter) ->
                    throw CommandFailure.busy(retryAfter);
        };
    }

    private String reason(UUID id) {
        return gleaner.jobs().hosts(id, 1).stream()
                .findFirst()
                .map(its -> its.host().waitReason())
                .map(reason -> ": " + reason)
                .orElse("");
    }
}
