package io.gleaner.app;

import io.gleaner.budget.Budgets;
import io.gleaner.cache.Caches;
import io.gleaner.extract.ExtractConfig;
import io.gleaner.extract.Extractor;
import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.AddressPolicy;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.Fetcher;
import io.gleaner.fetch.Resolver;
import io.gleaner.fetch.way.Way;
import io.gleaner.politeness.HostPaces;
import io.gleaner.politeness.PolitenessConfig;
import io.gleaner.politeness.Robots;
import io.gleaner.render.Renderer;
import io.gleaner.store.EarlierPages;
import io.gleaner.store.KnownUrls;
import io.gleaner.store.QueueKind;
import io.gleaner.worker.ExtractionThreads;
import io.gleaner.worker.PageCache;
import io.gleaner.worker.PageReader;
import io.gleaner.worker.PoliteFetch;
import io.gleaner.worker.RenderHabits;
import io.gleaner.worker.RobotsOverFetch;
import io.gleaner.worker.SharedRobots;
import io.gleaner.worker.SiteMap;
import io.gleaner.worker.SitemapReader;
import io.gleaner.worker.TaskRunner;
import io.gleaner.worker.WorkerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** The steps of a page's path, wired: guard, fetch, politeness, extract. */
final class Steps implements AutoCloseable {

    private final AddressGuard guard;
    private final Fetcher fetcher;
    private final HostPaces paces;
    private final Robots robots;
    private final TaskRunner runner;
    private final SiteMap siteMap;
    private final ExtractionThreads extraction;
    private final Renderer renderer;

    Steps(
            Settings settings,
            Limits limits,
            Budgets budgets,
            Caches caches,
            KnownUrls known,
            EarlierPages earlier,
            WorkerMetrics metrics,
            MeterRegistry registry,
            InstantSource clock) {
        PolitenessConfig politeness = limits.politeness();
        FetchConfig fetchConfig = limits.fetch();
        this.guard =
                new AddressGuard(
                        AddressPolicy.parse(settings.allowPrivateNetworks(), settings.allowCidrs()),
                        new CachedResolver(caches, Resolver.system()));
        this.fetcher = new Fetcher(fetchConfig, guard, registry);
        this.paces = new HostPaces(politeness, clock);
        var overFetch = new RobotsOverFetch(fetcher, politeness.robotsMaxBytes(), clock);
        var shared = new SharedRobots(overFetch, caches, politeness.robotsTtl());
        this.robots =
                new Robots(
                        politeness,
                        url -> Way.isStraight() ? shared.load(url) : overFetch.load(url),
                        Way::name,
                        clock);
        this.renderer = new Renderer(Browsing.config(settings), fetchConfig, guard, registry);
        var fetch = new PoliteFetch(fetcher, renderer, paces, robots, budgets.bodies(), clock);
        this.extraction =
                new ExtractionThreads(limits.worker().concurrency(), budgets.trees(), clock);
        var extractor = new Extractor(ExtractConfig.standard());
        var reader = new PageReader(extractor, extraction, fetch, fetchConfig, metrics, clock);
        var sitemaps = new SitemapReader(robots, fetch, clock);
        this.runner =
                new TaskRunner(
                        robots,
                        fetch,
                        fetchConfig,
                        reader,
                        sitemaps,
                        new PageCache(caches),
                        earlier,
                        known,
                        new RenderHabits(),
                        Browsing.queues(settings) == QueueKind.PLAIN,
                        metrics,
                        clock);
        this.siteMap = new SiteMap(fetch, fetchConfig, reader, sitemaps);
    }

    AddressGuard guard() {
        return guard;
    }

    HostPaces paces() {
        return paces;
    }

    Robots robots() {
        return robots;
    }

    TaskRunner runner() {
        return runner;
    }

    ExtractionThreads extraction() {
        return extraction;
    }

    SiteMap siteMap() {
        return siteMap;
    }

    @Override
    public void close() {
        renderer.close();
        fetcher.close();
        extraction.close();
    }
}
