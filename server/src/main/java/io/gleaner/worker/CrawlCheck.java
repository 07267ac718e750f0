package io.gleaner.worker;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.frontier.Frontier;
import io.gleaner.job.Candidate;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Task;
import io.gleaner.store.KnownUrls;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** Follows no redirect of a crawl to a URL that the crawl has met: that one has its own task. */
final class CrawlCheck implements HopCheck {

    private final KnownUrls known;
    private final Frontier frontier;
    private final UUID job;
    private final Optional<UUID> own;

    private CrawlCheck(KnownUrls known, Frontier frontier, Task task) {
        this.known = known;
        this.frontier = frontier;
        this.job = task.jobId();
        this.own = frontier.candidate(task.url()).map(Candidate::key);
    }

    /** The start page may lead anywhere, and nothing else has been met. */
    static HopCheck of(KnownUrls known, JobContext job, Task task) {
        Frontier frontier = job.frontier();
        return frontier == null || task.depth() == 0
                ? HopCheck.NONE
                : new CrawlCheck(known, frontier, task);
    }

    @Override
    public Optional<FetchOutcome> refusal(URI next, boolean cookies) {
        if (cookies) {
            return Optional.empty(); // It may be a way round that comes back.
        }
        return frontier.candidate(next.toString())
                .map(Candidate::key)
                .filter(key -> own.isPresent() && !own.get().equals(key))
                .filter(key -> known.contains(job, key))
                .map(key -> new Refused(FaultCode.DUPLICATE, "it leads to " + next, null));
    }
}
