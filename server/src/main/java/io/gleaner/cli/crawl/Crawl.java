package io.gleaner.cli.crawl;

import io.gleaner.app.Gleaner;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.StopSignals;
import io.gleaner.cli.folder.CrawlExports;
import io.gleaner.cli.folder.CrawlFolder;
import io.gleaner.cli.folder.CrawlState;
import io.gleaner.export.Hash;
import io.gleaner.job.Candidate;
import io.gleaner.job.Job;
import io.gleaner.store.IdempotencyKey;
import io.gleaner.store.SeedSource;
import io.gleaner.store.SubmitOutcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** One run of a crawl: submit it or find it again, follow it, leave the folder resumable. */
final class Crawl {

    private static final int BODY_HASH_DIGITS = 32;
    private static final int SUBMIT_TRIES_MAX = 30;

    private final CrawlOrder order;
    private final Candidate seed;
    private final Progress progress;
    private final StopSignals stop;
    private final Consumer<String> say;
    private final Consumer<String> lost;
    private final InstantSource clock = InstantSource.system();
    private final Map<String, String> request;
    private final CrawlExports exports;

    /**
     * @param seed of the order, checked
     * @param say takes a line for who waits
     * @param lost see {@link Gleaner#start(io.gleaner.app.Settings, Consumer)}
     */
    Crawl(
            CrawlOrder order,
            Candidate seed,
            Progress progress,
            StopSignals stop,
            Consumer<String> say,
            Consumer<String> lost) {
        this.order = order;
        this.seed = seed;
        this.progress = progress;
        this.stop = stop;
        this.say = say;
        this.lost = lost;
        this.request = order.request();
        this.exports = new CrawlExports(order.folder(), order.exports());
    }

    CrawlSummary run() throws InterruptedException {
        Optional<CrawlState> before =
                order.restart() ? Optional.empty() : CrawlFolder.look(order.folder(), request);
        boolean vain = before.isPresent() && before.get().finished() && isVain(before.get());
        if (order.recrawl() && before.isPresent() && before.get().finished() && !vain) {
            return again(before.get());
        }
        if (before.isPresent() && before.get().finished() && !vain && exports.areThere()) {
            return finished(before.get());
        }
        if (before.isEmpty() || vain) {
            Reach.check(URI.create(seed.url()), order.settings());
        }
        try (Gleaner gleaner = Gleaner.start(order.settings(), lost)) {
            if (order.restart() || vain) {
                CrawlFolder.clear(order.folder()).ifPresent(gleaner.jobs()::cancel);
            }
            if (gleaner.isBeside()) {
                say.accept(
                        "the Gleaner that serves %s does the work, with its own settings"
                                .formatted(order.settings().data()));
            }
            return crawl(
                    gleaner, before.filter(_ -> !vain).orElseGet(() -> CrawlState.begin(request)));
        }
    }

    /** The pages of the folder give way to those of now; the job before stays in the database. */
    private CrawlSummary again(CrawlState before) throws InterruptedException {
        try (Gleaner gleaner = Gleaner.start(order.settings(), lost)) {
            UUID earlier = before.job();
            if (earlier == null || gleaner.jobs().find(earlier).isEmpty()) {
                throw CommandFailure.usage(
                        "%s follows job %s, which this database does not hold; give the --data of then, or --restart"
                                .formatted(order.folder(), earlier));
            }
            CrawlFolder.clear(order.folder());
            return crawl(gleaner, CrawlState.again(request, earlier));
        }
    }

    /** What came to no page at all is tried again: what stood in its way may be gone. */
    private boolean isVain(CrawlState state) {
        try (CrawlFolder folder = CrawlFolder.open(order.folder(), state)) {
            return folder.tally().pages() == 0;
        }
    }

    private CrawlSummary finished(CrawlState state) {
        try (CrawlFolder folder = CrawlFolder.open(order.folder(), state)) {
            return CrawlSummary.ofFinished(seedUrl(), order.folder(), state, folder.tally());
        }
    }

    private CrawlSummary crawl(Gleaner gleaner, CrawlState state) throws InterruptedException {
        Instant began = clock.instant();
        try (CrawlFolder folder = CrawlFolder.open(order.folder(), state)) {
            UUID id = jobId(gleaner, folder);
            long seqBefore = folder.lastSeq();
            var follower = new Follower(gleaner.jobs(), gleaner.pages(), gleaner.signals(), clock);
            Job job = follower.follow(id, folder, progress, stop);
            boolean complete = job.state().isFinal() && folder.lastSeq() >= job.done();
            if (complete) {
                folder.finish(job.state());
            }
            progress.close();
            if (complete) {
                exports.write(gleaner, job);
            }
            Duration took = Duration.between(began, clock.instant());
            return CrawlSummary.of(
                    seedUrl(),
                    order.folder(),
                    job,
                    gleaner.jobs().changes(id).orElse(null),
                    complete,
                    folder.tally(),
                    took,
                    seqBefore);
        }
    }

    private UUID jobId(Gleaner gleaner, CrawlFolder folder) throws InterruptedException {
        UUID known = folder.state().job();
        if (known != null) {
            if (gleaner.jobs().find(known).isEmpty()) {
                throw CommandFailure.usage(
                        "%s follows job %s, which this database does not hold; give the --data of then, or --restart"
                                .formatted(order.folder(), known));
            }
            return known;
        }
        UUID submitted = submit(gleaner, folder.state()).id();
        folder.jobIs(submitted);
        return submitted;
    }

    private Job submit(Gleaner gleaner, CrawlState state) throws InterruptedException {
        SubmitOutcome outcome = trySubmit(gleaner, state);
        // A run that was killed a moment ago may still be storing the same.
        for (int tries = 1;
                outcome instanceof SubmitOutcome.InProgress(Duration retryAfter)
                        && tries < SUBMIT_TRIES_MAX;
                tries++) {
            Thread.sleep(retryAfter);
            outcome = trySubmit(gleaner, state);
        }
        return switch (outcome) {
            case SubmitOutcome.Accepted(Job job) -> job;
            case SubmitOutcome.Duplicate(Job job) -> job;
            case SubmitOutcome.Conflict(Job job) ->
                    throw CommandFailure.usage(
                            "%s belongs to job %s, which was submitted with other options; --restart begins anew"
                                    .formatted(order.folder(), job.id()));
            case SubmitOutcome.InProgress(Duration retryAfter) ->
                    throw CommandFailure.unavailable(
                            "%s is being submitted by another process; try again in %d s"
                                    .formatted(order.folder(), retryAfter.toSeconds()));
            case SubmitOutcome.BacklogFull(Duration retryAfter) ->
                    throw CommandFailure.busy(retryAfter);
            case SubmitOutcome.Overloaded(Duration retryAfter) ->
                    throw CommandFailure.busy(retryAfter);
        };
    }

    private SubmitOutcome trySubmit(Gleaner gleaner, CrawlState state) {
        var key = new IdempotencyKey(state.key(), Hash.hex(request.toString(), BODY_HASH_DIGITS));
        UUID earlier = state.recrawlOf();
        if (earlier == null) {
            return gleaner.submissions()
                    .submit(order.spec(URI.create(seed.url())), SeedSource.of(List.of(seed)), key);
        }
        Job before =
                gleaner.jobs()
                        .find(earlier)
                        .orElseThrow(
                                () ->
                                        CommandFailure.unavailable(
                                                "job %s is no longer in the database"
                                                        .formatted(earlier)));
        return gleaner.submissions().submit(order.again(before), gleaner.urlsOf(before), key);
    }

    private String seedUrl() {
        return order.crawl().url().toString();
    }
}
