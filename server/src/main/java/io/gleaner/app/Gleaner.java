package io.gleaner.app;

import io.gleaner.api.ApiServer;
import io.gleaner.api.guard.ApiStartException;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.budget.BudgetMetrics;
import io.gleaner.budget.Budgets;
import io.gleaner.cache.Signals;
import io.gleaner.extract.Extractor;
import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.AddressPolicy;
import io.gleaner.fetch.Fetcher;
import io.gleaner.fetch.Knock;
import io.gleaner.fetch.Poster;
import io.gleaner.fetch.RequestHeaders;
import io.gleaner.frontier.Frontier;
import io.gleaner.frontier.UrlReport;
import io.gleaner.frontier.Urls;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.loop.Loop;
import io.gleaner.maintenance.Maintenance;
import io.gleaner.postgres.EmbeddedPostgres;
import io.gleaner.profile.Profiler;
import io.gleaner.profile.RollingRecording;
import io.gleaner.schedule.Scheduler;
import io.gleaner.store.Backlog;
import io.gleaner.store.EarlierSeeds;
import io.gleaner.store.Jobs;
import io.gleaner.store.Pages;
import io.gleaner.store.QueueKind;
import io.gleaner.store.SeedSource;
import io.gleaner.store.Submissions;
import io.gleaner.telemetry.Telemetry;
import io.gleaner.webhook.Deliveries;
import io.gleaner.webhook.WebhookConfig;
import io.gleaner.worker.Worker;
import io.gleaner.worker.WorkerConfig;
import io.gleaner.worker.WorkerMetrics;
import io.gleaner.worker.WorkerNeeds;
import io.micrometer.core.instrument.Gauge;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service, running in this process. */
public final class Gleaner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gleaner.class);

    /** Half of what a person waits for an error. */
    private static final Duration KNOCK_MAX = Duration.ofSeconds(1);

    private final InstantSource clock = InstantSource.system();
    private final Signals signals = new Signals();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Storage storage;
    private final Budgets budgets;
    private final @Nullable ApiServer api;

    /** For tests that go to limits which have no setting. */
    Gleaner(Settings settings, Limits limits) {
        this(settings, limits, Gleaner::say);
    }

    private Gleaner(Settings settings, Limits limits, Consumer<String> lost) {
        try {
            // What is wrong in the settings is said before a database is started for it.
            var _ = AddressPolicy.parse(settings.allowPrivateNetworks(), settings.allowCidrs());
            var _ = Browsing.queues(settings);
            var _ = Browsing.browser(settings);
            if (settings.http()) {
                ApiServer.check(api(settings), () -> mayHaveKeys(settings));
            }
            Telemetry telemetry = opened(new Telemetry());
            storage = opened(Storage.open(settings, telemetry.registry(), clock));
            storage.embedded()
                    .ifPresent(
                            embedded ->
                                    opened(
                                            DatabaseWatch.start(
                                                    embedded,
                                                    DatabaseWatch.Patience.STANDARD,
                                                    telemetry.registry(),
                                                    lost)));
            var metrics = new WorkerMetrics(telemetry.registry());
            Links links = opened(Links.open(settings, storage.database(), telemetry, clock));
            budgets = Budgets.sharing(settings.budgetBytes(), Fetcher.heldMaxBytes(limits.fetch()));
            bounds(telemetry, settings);
            Steps steps =
                    opened(
                            new Steps(
                                    settings,
                                    limits,
                                    budgets,
                                    links.caches(),
                                    storage.knownUrls(),
                                    storage.earlierPages(),
                                    metrics,
                                    telemetry.registry(),
                                    clock));
            var checks =
                    new Checks(
                            steps.guard(), storage.sealer().isReady(), Browsing.refusal(settings));
            WorkerConfig config = Browsing.bounded(limits.worker(), settings);
            opened(SignalRelay.start(signals, links.bus(), telemetry.registry()));
            Worker worker = null;
            if (does(settings, Role.WORKER) || does(settings, Role.RENDERER)) {
                worker =
                        opened(
                                Worker.start(
                                        config, needs(steps, Browsing.queues(settings), metrics)));
                gauges(telemetry, worker, config);
            }
            if (does(settings, Role.MAINTENANCE)) {
                opened(
                        Maintenance.start(
                                new Maintenance.Needs(
                                        storage.workers(),
                                        storage.sweep(),
                                        storage.days(),
                                        storage.leftovers(),
                                        signals,
                                        telemetry.registry()),
                                settings.retention(),
                                config.staleAfter(),
                                config.heartbeat().dividedBy(2)));
            }
            if (does(settings, Role.MAINTENANCE)) {
                tellReceivers(limits, steps, telemetry);
                opened(
                        Scheduler.start(
                                new Scheduler.Needs(
                                        storage.scheduled(),
                                        storage.pages(),
                                        storage.backlog(),
                                        signals,
                                        telemetry.registry(),
                                        clock)));
            }
            gauges(telemetry, storage.backlog());
            api =
                    settings.http()
                            ? opened(serve(settings, telemetry, links, steps, checks, worker))
                            : null;
        } catch (RuntimeException e) {
            close();
            throw e instanceof StartException
                    ? e
                    : new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Starts every part of the service.
     *
     * @throws StartException one sentence that names the cause and the cure
     */
    public static Gleaner start(Settings settings) {
        return start(settings, Gleaner::say);
    }

    /**
     * As {@link #start(Settings)}.
     *
     * @param lost is told in one sentence, with cause and cure, when the embedded database has
     *     ended and cannot be brought back: nothing goes on without it
     */
    public static Gleaner start(Settings settings, Consumer<String> lost) {
        return new Gleaner(settings, Limits.of(settings), lost);
    }

    /** Where another process holds the data folder, all of that is its work. */
    private boolean does(Settings settings, Role role) {
        return settings.roles().contains(role) && !storage.isJoined();
    }

    /**
     * Whether this is a command beside the process that holds the data folder, which does the work.
     */
    public boolean isBeside() {
        return storage.isJoined();
    }

    private static void say(String sentence) {
        LOG.error("the database cannot be brought back: {}", sentence);
    }

    /** Whether a URL's host can be asked at all, found out before anything is started. */
    public static Knock.Answer knock(URI url, Settings settings) throws InterruptedException {
        var policy = AddressPolicy.parse(settings.allowPrivateNetworks(), settings.allowCidrs());
        return Knock.at(url, new AddressGuard(policy), KNOCK_MAX);
    }

    /** What a crawl makes of a URL, in lines for people. */
    public static String explainUrl(String url, CrawlSpec crawl) {
        return UrlReport.of(url, crawl);
    }

    public Jobs jobs() {
        return storage.jobs();
    }

    public Submissions submissions() {
        return storage.submissions();
    }

    public Pages pages() {
        return storage.pages();
    }

    /** The URLs of a crawl that has ended, for one that does it again. */
    public SeedSource urlsOf(Job crawl) {
        CrawlSpec spec = crawl.spec().crawl();
        if (spec == null) {
            throw new IllegalArgumentException("job %s is no crawl".formatted(crawl.id()));
        }
        return new EarlierSeeds(storage.pages(), crawl.id(), new Frontier(spec)::candidate);
    }

    public Signals signals() {
        return signals;
    }

    /**
     * Checks a job before anything is started, and answers its first URL, normalised.
     *
     * @throws IllegalArgumentException naming what is wrong and what is accepted
     */
    public static Candidate check(
            String url,
            @Nullable CrawlSpec crawl,
            ContentSpec content,
            FetchSpec fetch,
            Settings settings) {
        if (crawl != null) {
            Checks.crawl(crawl);
        }
        Checks.content(content);
        RequestHeaders.validate(fetch.headers());
        Optional<String> noBrowser =
                fetch.render().mayRender() ? Browsing.refusal(settings) : Optional.empty();
        if (noBrowser.isPresent()) {
            throw new IllegalArgumentException(noBrowser.get());
        }
        return crawl == null ? Urls.candidate(url, 0, false) : new Frontier(crawl).seed();
    }

    /**
     * How the main content of a page is chosen: a line for each block, {@code +} taken or {@code -}
     * left out, its log odds and its text.
     */
    public static String explain(String html) {
        return Extractor.explain(html);
    }

    /** The port of the HTTP API. */
    public int port() {
        if (api == null) {
            throw new IllegalStateException("the HTTP API is off");
        }
        return api.port();
    }

    /** Stops every part in the reverse order of its start; each takes a bounded time. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("could not close {}", part.getClass().getSimpleName(), e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        started.push(part);
        return part;
    }

    private WorkerNeeds needs(Steps steps, QueueKind kind, WorkerMetrics metrics) {
        return new WorkerNeeds(
                storage.jobs(),
                storage.cancellations(),
                storage.queues(),
                kind,
                storage.settlement(),
                storage.bodies(),
                storage.workers(),
                steps.paces(),
                steps.runner(),
                steps.extraction(),
                budgets.pages(),
                metrics,
                signals,
                clock);
    }

    private void tellReceivers(Limits limits, Steps steps, Telemetry telemetry) {
        WebhookConfig config = WebhookConfig.standard();
        Poster poster = opened(new Poster(limits.fetch(), steps.guard(), config.patience()));
        opened(
                Deliveries.start(
                        config,
                        storage.deliveries(),
                        storage.deliveredPages(),
                        poster,
                        telemetry.registry(),
                        clock));
    }

    private void bounds(Telemetry telemetry, Settings settings) {
        budgets.bindTo(telemetry.registry());
        BudgetMetrics.items(
                "waiting-submissions",
                Submissions.WAITING_MAX,
                storage.submissions()::waiting,
                telemetry.registry());
        BudgetMetrics.items(
                "queued-tasks",
                settings.submit().backlogMax(),
                () -> storage.backlog().lately().tasks(),
                telemetry.registry());
    }

    private static void gauges(Telemetry telemetry, Backlog backlog) {
        Gauge.builder("gleaner.backlog", backlog, queues -> queues.lately().tasks())
                .description("Tasks queued or in hand")
                .register(telemetry.registry());
        Gauge.builder(
                        "gleaner.backlog.overdue",
                        backlog,
                        queues -> queues.lately().overdueSeconds())
                .baseUnit("seconds")
                .description("How long the host queue that is due the longest waits for a worker")
                .register(telemetry.registry());
        Gauge.builder("gleaner.render.queued", backlog, queues -> queues.lately().forBrowsers())
                .description(
                        "Tasks of host queues that are due and wait for a renderer, of one queue at"
                                + " most %d".formatted(Backlog.FOR_BROWSERS_EACH_MAX))
                .register(telemetry.registry());
        Gauge.builder("gleaner.hosts.waiting", backlog, queues -> queues.lately().hostsWaiting())
                .description("Host queues that wait for a crawl delay or a backoff to end")
                .register(telemetry.registry());
    }

    private static void gauges(Telemetry telemetry, Worker worker, WorkerConfig config) {
        BudgetMetrics.items(
                "fetches", config.concurrency(), worker::inFlight, telemetry.registry());
        BudgetMetrics.items(
                "host-queues", config.hostsMax(), worker::hostsInHand, telemetry.registry());
        Gauge.builder("gleaner.fetches.in.flight", worker, Worker::inFlight)
                .description("Fetches that this process has begun and not ended")
                .register(telemetry.registry());
        Gauge.builder("gleaner.cancelled.jobs", worker, Worker::cancelledJobs)
                .description("Jobs cancelled lately, for which nothing more is fetched")
                .register(telemetry.registry());
        Gauge.builder("gleaner.hosts.in.hand", worker, Worker::hostsInHand)
                .description("Host queues that this process works on")
                .register(telemetry.registry());
        Gauge.builder(
                        "gleaner.worker.heartbeat.age",
                        worker,
                        alive -> alive.sinceHeartbeat().toMillis() / 1e3)
                .baseUnit("seconds")
                .description("Time since the worker's last sign of life that was stored")
                .register(telemetry.registry());
    }

    private ApiServer serve(
            Settings settings,
            Telemetry telemetry,
            Links links,
            Steps steps,
            Checks checks,
            @Nullable Worker worker) {
        var parts =
                new ApiParts(
                        storage.submissions(),
                        storage.jobs(),
                        storage.pages(),
                        storage.hosts(),
                        storage.overview(),
                        storage.webhooks(),
                        storage.schedules(),
                        storage.keys(),
                        links.rates(),
                        links.caches(),
                        signals,
                        checks,
                        new LocalMapper(steps.siteMap()),
                        new LocalInsight(
                                steps.paces(),
                                steps.robots(),
                                () -> worker != null && worker.isFull()),
                        () -> problem(storage, telemetry),
                        budgets,
                        telemetry,
                        profiler(settings, telemetry),
                        clock);
        try {
            ApiConfig config = api(settings);
            // Only an API has anybody who sends it requests by its readiness.
            return settings.roles().contains(Role.API)
                    ? ApiServer.start(config.withShutdownDelay(settings.shutdownDelay()), parts)
                    : ApiServer.startWithoutJobs(config, parts);
        } catch (ApiStartException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ApiConfig api(Settings settings) {
        return ApiConfig.standard()
                .at(settings.host(), settings.port())
                .withOpen(settings.open())
                .withHealthPort(settings.healthPort())
                .withConnections(settings.connections())
                .withStatusCache(settings.statusCacheBytes());
    }

    /** A database that is yet to be made has none. */
    private static boolean mayHaveKeys(Settings settings) {
        return settings.databaseUrl() != null || EmbeddedPostgres.exists(settings.data());
    }

    /** Without an API nobody could ask for what was recorded. */
    private Profiler profiler(Settings settings, Telemetry telemetry) {
        return new Profiler(
                settings.flightRecorder()
                        ? opened(RollingRecording.start(telemetry.registry()))
                        : null);
    }

    private static Optional<String> problem(Storage storage, Telemetry telemetry) {
        return storage.database().answers()
                ? Loop.failing(telemetry.registry()).or(storage::objectsProblem)
                : Optional.of("the database does not answer");
    }
}
