package io.gleaner.worker;

import io.gleaner.again.ContentHash;
import io.gleaner.budget.Hold;
import io.gleaner.extract.ExtractionException;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.FetchOutcome.Throttled;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.Response;
import io.gleaner.frontier.Frontier;
import io.gleaner.job.CacheState;
import io.gleaner.job.Candidate;
import io.gleaner.job.Capture;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Directions;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.SitemapMode;
import io.gleaner.job.Task;
import io.gleaner.job.TimeText;
import io.gleaner.job.rendering.Rendering;
import io.gleaner.politeness.HostPace;
import io.gleaner.politeness.Permission;
import io.gleaner.politeness.Robots;
import io.gleaner.store.CachedPage;
import io.gleaner.store.EarlierPages;
import io.gleaner.store.KnownUrls;
import io.gleaner.store.Lease;
import io.gleaner.store.PageMemory;
import io.gleaner.store.Remembered;
import io.gleaner.store.Verdict.Concluded;
import io.gleaner.worker.TaskResult.Decided;
import io.gleaner.worker.TaskResult.NoAnswer;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one task through its path: permission, fetch, extract, outlinks, verdict. */
public final class TaskRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
    private static final int NOT_MODIFIED = 304;

    private final Robots robots;
    private final PoliteFetch fetch;
    private final FetchConfig fetchConfig;
    private final PageReader reader;
    private final SitemapReader sitemaps;
    private final PageCache cache;
    private final EarlierPages earlier;
    private final KnownUrls known;
    private final BrowserStep browser;
    private final WorkerMetrics metrics;
    private final InstantSource clock;

    public TaskRunner(
            Robots robots,
            PoliteFetch fetch,
            FetchConfig fetchConfig,
            PageReader reader,
            SitemapReader sitemaps,
            PageCache cache,
            EarlierPages earlier,
            KnownUrls known,
            RenderHabits habits,
            boolean browserElsewhere,
            WorkerMetrics metrics,
            InstantSource clock) {
        this.robots = robots;
        this.fetch = fetch;
        this.fetchConfig = fetchConfig;
        this.reader = reader;
        this.sitemaps = sitemaps;
        this.cache = cache;
        this.earlier = earlier;
        this.known = known;
        this.browser =
                new BrowserStep(fetch, fetchConfig, reader, habits, metrics, browserElsewhere);
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Takes a task in hand. */
    TaskRun take(Task task, JobContext job, Lease lease, HostPace pace) {
        return new TaskRun(this, task, job, lease, pace);
    }

    /** What keeps the task from being fetched at all, or empty when nothing does. */
    Optional<TaskResult> permission(Task task, JobContext job, Lease lease, HostPace pace)
            throws InterruptedException {
        if (!job.spec().fetch().respectRobots()) {
            return Optional.empty();
        }
        URI url = URI.create(task.url());
        return switch (metrics.permitting(() -> robots.check(url))) {
            case Permission.Allowed(var crawlDelay) -> {
                pace.crawlDelay(crawlDelay);
                yield Optional.empty();
            }
            case Permission.Disallowed(var rule) ->
                    Optional.of(refused(task, lease, FaultCode.ROBOTS_DISALLOWED, rule));
            case Permission.DelayTooLong(var asked, var max) ->
                    Optional.of(
                            refused(
                                    task,
                                    lease,
                                    FaultCode.CRAWL_DELAY_TOO_LONG,
                                    "it asks for %s, the setting allows %s"
                                            .formatted(TimeText.of(asked), TimeText.of(max))));
            case Permission.Unreachable(var code, var detail, var retryAfter) ->
                    Optional.of(
                            code == FaultCode.FORBIDDEN_ADDRESS
                                    ? refused(task, lease, code, detail)
                                    : new NoAnswer(
                                            code,
                                            "robots.txt: " + detail,
                                            null,
                                            code == FaultCode.THROTTLED,
                                            clock.instant().plus(retryAfter)));
        };
    }

    /**
     * The task's page as it was fetched before, if the job takes one that old; the host is not
     * asked. For a task whose permission has been granted.
     */
    Optional<TaskResult> cached(Task task, JobContext job, Lease lease, Hold hold)
            throws InterruptedException {
        // Who crawls again wants to know what it is now.
        if (!PageCache.serves(job.spec().fetch()) || job.spec().recrawlOf() != null) {
            return Optional.empty();
        }
        Instant oldest = clock.instant().minus(job.spec().fetch().maxAge());
        Optional<CachedPage> known =
                metrics.lookingUp(() -> cache.find(task.url(), job))
                        .filter(page -> !page.fetchedAt().isBefore(oldest));
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(concluded(task, job, lease, known.get(), CacheState.HIT, hold));
    }

    /** Memory for what one task fetches, to be closed when its result has been taken. */
    Hold hold() {
        return fetch.hold();
    }

    /** Runs a task whose permission and turn have been granted; gives turn and fetch back. */
    TaskResult run(Task task, JobContext job, Lease lease, Begun begun, Hold hold)
            throws InterruptedException {
        Before before = Before.of(earlier, job, task);
        TaskResult result = run(task, job, lease, begun, before, hold);
        return result instanceof Decided(var verdict, var asked)
                ? new Decided(verdict.changed(before.change(verdict.page())), asked)
                : result;
    }

    private TaskResult run(
            Task task, JobContext job, Lease lease, Begun begun, Before before, Hold hold)
            throws InterruptedException {
        var spec = job.spec().fetch();
        HopCheck check = fetch.check(spec.respectRobots()).and(CrawlCheck.of(known, job, task));
        if (browser.comesFirst(task, spec)) {
            begun.endFetch(); // The browser has places of its own.
            return judge(
                    task, job, lease, browser.first(task, job, begun.turn(), check, hold), hold);
        }
        // What scripts make of a page may have changed although the page has not.
        Optional<CachedPage> old =
                PageCache.serves(spec)
                                && !spec.render().mayRender()
                                && job.spec().recrawlOf() == null
                        ? cache.find(task.url(), job).filter(page -> mayHaveStayed(page, task))
                        : Optional.empty();
        Optional<PageMemory> then = before.mayHaveStayed(spec);
        var request =
                FetchRequest.page(URI.create(task.url()), spec, fetchConfig)
                        .within(hold)
                        .unless(
                                old.map(CachedPage::etag)
                                        .or(() -> then.map(PageMemory::etag))
                                        .orElse(null),
                                old.map(CachedPage::lastModified)
                                        .or(() -> then.map(PageMemory::lastModified))
                                        .orElse(null));
        FetchOutcome outcome =
                metrics.fetching(
                        () -> fetch.fetchInTurn(request, begun.turn(), check, job.wanted()));
        begun.endFetch();
        if (old.isPresent() && isNotModified(outcome)) {
            CachedPage page = old.get().at(clock.instant());
            cache.put(task.url(), job, page);
            return concluded(task, job, lease, page, CacheState.REVALIDATED, hold);
        }
        if (then.isPresent() && isNotModified(outcome)) {
            Page.Content page = before.stayed(task, clock.instant());
            return new Decided(arrived(task, job, lease, page, then.get(), hold), true);
        }
        return spec.render().mayRender()
                ? shownAsNeeded(task, job, lease, outcome, hold)
                : judge(task, job, lease, outcome, null, hold);
    }

    private TaskResult shownAsNeeded(
            Task task, JobContext job, Lease lease, FetchOutcome plain, Hold hold)
            throws InterruptedException {
        try {
            return judge(task, job, lease, browser.after(task, job, plain, hold), hold);
        } catch (CancellationException e) {
            return judge(task, job, lease, Passage.UNWANTED, null, hold);
        } catch (ExtractionException e) {
            return unread(task, lease, status(plain), e);
        }
    }

    private TaskResult judge(
            Task task, JobContext job, Lease lease, BrowserStep.Came came, Hold hold)
            throws InterruptedException {
        return switch (came) {
            case BrowserStep.Elsewhere(var why) -> new TaskResult.NeedsBrowser(why);
            case BrowserStep.Seen(var outcome, var note) ->
                    judge(task, job, lease, outcome, note, hold);
        };
    }

    private static int status(FetchOutcome outcome) {
        return outcome instanceof Fetched(var response) ? response.status() : 0;
    }

    /**
     * What a bug in the task's path comes to: it is the page's own fault, and ends it, unless this
     * process is short of something: then the page has its other attempts.
     */
    TaskResult bug(Task task, Lease lease, Throwable bug) {
        LOG.error("a bug met {} of job {}", task.url(), task.jobId(), bug);
        String detail = bug.getClass().getSimpleName();
        return bug instanceof Error && !(bug instanceof StackOverflowError)
                ? new NoAnswer(FaultCode.INTERNAL_ERROR, detail, null, false, null)
                : refused(task, lease, FaultCode.INTERNAL_ERROR, detail);
    }

    /** One that came over redirects is fetched anew: each of them may lead elsewhere now. */
    private static boolean mayHaveStayed(CachedPage page, Task task) {
        return page.url().equals(task.url())
                && (page.etag() != null || page.lastModified() != null);
    }

    private static boolean isNotModified(FetchOutcome outcome) {
        return outcome instanceof Refused(var code, var detail, var status)
                && Objects.equals(status, NOT_MODIFIED);
    }

    private TaskResult concluded(
            Task task, JobContext job, Lease lease, CachedPage cached, CacheState state, Hold hold)
            throws InterruptedException {
        var page =
                new Page.Content(
                        task.url(),
                        cached.url(),
                        cached.status(),
                        cached.fetchedAt(),
                        task.depth(),
                        cached.contentType(),
                        cached.content(),
                        state,
                        cached.rendering());
        boolean asked = state == CacheState.REVALIDATED;
        var directions = Objects.requireNonNullElse(cached.directions(), Directions.NONE);
        var memory =
                new PageMemory(
                        cached.etag(),
                        cached.lastModified(),
                        null,
                        directions,
                        cached.outlinks(),
                        List.of());
        return new Decided(arrived(task, job, lease, page, memory, hold), asked);
    }

    private TaskResult judge(
            Task task,
            JobContext job,
            Lease lease,
            FetchOutcome outcome,
            @Nullable Rendering rendering,
            Hold hold)
            throws InterruptedException {
        return switch (outcome) {
            case Fetched(var response) -> read(task, job, lease, response, rendering, hold);
            case Throttled(var status, var retryAfter, var detail) ->
                    new NoAnswer(FaultCode.THROTTLED, detail, status, true, null);
            case Refused(var code, var detail, var status) ->
                    new Decided(
                            Verdicts.fault(task, lease, code, detail, status, clock.instant()),
                            status != null);
            case Failed(var code, var detail, var status) ->
                    new NoAnswer(code, detail, status, false, null);
        };
    }

    private TaskResult read(
            Task task,
            JobContext job,
            Lease lease,
            Response response,
            @Nullable Rendering rendering,
            Hold hold)
            throws InterruptedException {
        try {
            boolean wasShown = rendering != null && rendering.rendered();
            PageReader.Reading reading =
                    wasShown ? reader.readAsItIs(response, job) : reader.read(response, job, hold);
            Response last = reading.response();
            var page =
                    new Page.Content(
                            task.url(),
                            last.url().toString(),
                            last.status(),
                            clock.instant(),
                            task.depth(),
                            last.mediaType(),
                            reading.extracted().content(),
                            CacheState.MISS,
                            rendering,
                            captures(reading, job, wasShown));
            metrics.page(wasShown);
            if (PageCache.serves(job.spec().fetch())) {
                cache.put(task.url(), job, last, reading.extracted(), rendering, page.fetchedAt());
            }
            var memory =
                    new PageMemory(
                            PageCache.first(last.headers(), "etag"),
                            PageCache.first(last.headers(), "last-modified"),
                            null,
                            reading.extracted().directions(),
                            reading.extracted().outlinks(),
                            List.of());
            return new Decided(arrived(task, job, lease, page, memory, hold), true);
        } catch (CancellationException e) {
            return judge(task, job, lease, Passage.UNWANTED, null, hold);
        } catch (ExtractionException e) {
            return unread(task, lease, response.status(), e);
        }
    }

    private List<Capture> captures(PageReader.Reading reading, JobContext job, boolean wasShown) {
        if (!job.spec().fetch().warc()) {
            return List.of();
        }
        Response response = reading.response();
        return wasShown
                ? List.of(
                        new Capture.Document(
                                response.url().toString(),
                                clock.instant(),
                                response.mediaType() + "; charset=" + response.charset().name(),
                                response.body()))
                : response.captures();
    }

    private TaskResult unread(Task task, Lease lease, int status, ExtractionException e) {
        return new Decided(
                Verdicts.fault(
                        task,
                        lease,
                        e.code(),
                        String.valueOf(e.getMessage()),
                        status,
                        clock.instant()),
                true);
    }

    /**
     * What a page comes to in its job: a crawl follows it, or leaves it out.
     *
     * @param seen the page as it came: all of its links, and nothing listed
     */
    private Concluded arrived(
            Task task, JobContext job, Lease lease, Page.Content page, PageMemory seen, Hold hold)
            throws InterruptedException {
        Frontier frontier = job.frontier();
        CrawlSpec crawl = job.spec().crawl();
        if (frontier == null || crawl == null) {
            return new Concluded(task, lease, page, List.of());
        }
        Directions directions = seen.directions();
        URI arrival = URI.create(page.finalUrl());
        if (task.depth() > 0 && frontier.isOutside(page.finalUrl())) {
            return leftOut(task, lease, page, FaultCode.REDIRECTED_OUT, "it leads to " + arrival);
        }
        Frontier onward = task.depth() == 0 ? frontier.from(arrival) : frontier;
        PageMemory memory = memory(task, job, crawl, page, seen, hold);
        List<Candidate> outlinks =
                metrics.expanding(
                        () -> onward.links(task.depth(), both(memory.links(), memory.listed())));
        boolean left = crawl.rules().respectNoindex() && directions.noindex();
        var concluded =
                new Concluded(
                        task,
                        lease,
                        left ? leftOut(task, lease, page, FaultCode.NOINDEX, "").page() : page,
                        outlinks,
                        left
                                ? List.of()
                                : frontier.identities(task.url(), page.finalUrl(), directions),
                        onward.home());
        return frontier.candidate(task.url())
                .map(own -> new Remembered(own.key(), memory, onward::links))
                .map(concluded::remembering)
                .orElse(concluded);
    }

    private PageMemory memory(
            Task task,
            JobContext job,
            CrawlSpec crawl,
            Page.Content page,
            PageMemory seen,
            Hold hold)
            throws InterruptedException {
        List<String> listed =
                task.depth() == 0 && crawl.sitemap() != SitemapMode.SKIP
                        ? fromSitemaps(URI.create(page.finalUrl()), job, hold)
                        : List.of();
        Directions directions = seen.directions();
        List<String> links =
                crawl.rules().respectNofollow() ? followed(seen.links(), directions) : seen.links();
        return new PageMemory(
                seen.etag(),
                seen.lastModified(),
                seen.hash() == null ? ContentHash.of(page.content()) : seen.hash(),
                directions.followed(),
                crawl.sitemap() == SitemapMode.ONLY ? List.of() : links,
                listed);
    }

    private static List<String> followed(List<String> links, Directions directions) {
        if (directions.nofollow()) {
            return List.of();
        }
        if (directions.unfollowed().isEmpty()) {
            return links;
        }
        var unfollowed = Set.copyOf(directions.unfollowed());
        return links.stream().filter(link -> !unfollowed.contains(link)).toList();
    }

    private static Concluded leftOut(
            Task task, Lease lease, Page.Content page, FaultCode code, String detail) {
        return Verdicts.fault(task, lease, code, detail, page.status(), page.fetchedAt());
    }

    private List<String> fromSitemaps(URI arrival, JobContext job, Hold hold)
            throws InterruptedException {
        return sitemaps.read(arrival, job.spec().fetch().respectRobots(), job.wanted(), hold);
    }

    private static List<String> both(List<String> found, List<String> fromSitemaps) {
        if (fromSitemaps.isEmpty()) {
            return found;
        }
        var links = new ArrayList<>(found);
        links.addAll(fromSitemaps);
        return links;
    }

    private Decided refused(Task task, Lease lease, FaultCode code, String detail) {
        return new Decided(Verdicts.fault(task, lease, code, detail, null, clock.instant()), false);
    }
}
