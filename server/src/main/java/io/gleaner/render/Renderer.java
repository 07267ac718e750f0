package io.gleaner.render;

import io.gleaner.browser.BrowserFinder;
import io.gleaner.browser.DevToolsException;
import io.gleaner.browser.InstalledBrowser;
import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.GuardedConnector;
import io.gleaner.fetch.HopGate;
import io.gleaner.job.FaultCode;
import io.gleaner.proxy.Entrance;
import io.gleaner.render.document.PageLost;
import io.gleaner.render.document.VisitOver;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.render.port.RenderRequest;
import io.gleaner.render.tab.Browsers;
import io.gleaner.render.tab.RunningBrowser;
import io.gleaner.render.tab.Tab;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders pages, a bounded number at once. One for the whole process; any number of virtual threads
 * may call it.
 */
public final class Renderer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renderer.class);

    /** One more for a page whose browser died under it. */
    private static final int TRIES_MAX = 2;

    private final RenderConfig config;
    private final FetchConfig fetchConfig;
    private final GuardedConnector connector;
    private final Entrance refusing;
    private final @Nullable Browsers browsers;
    private final Semaphore tabs;
    private final RenderMetrics metrics;

    /**
     * Starts nothing yet.
     *
     * @param fetchConfig what plain fetches go by: times to connect, how we call ourselves
     */
    public Renderer(
            RenderConfig config,
            FetchConfig fetchConfig,
            AddressGuard guard,
            MeterRegistry registry) {
        this.config = config;
        this.fetchConfig = fetchConfig;
        this.connector = new GuardedConnector(guard, fetchConfig.connectTimeout());
        this.refusing = refusing(connector, config);
        this.tabs = new Semaphore(config.tabsMax(), true);
        this.metrics = new RenderMetrics(registry);
        InstalledBrowser browser = config.browser();
        this.browsers =
                browser == null
                        ? null
                        : new Browsers(
                                config,
                                browser,
                                connector,
                                fetchConfig.userAgent(),
                                refusing.port(),
                                registry,
                                metrics::started);
    }

    /** An entrance at which no page ever begins. */
    private static Entrance refusing(GuardedConnector connector, RenderConfig config) {
        try {
            return Entrance.open(connector, config.limits());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why nothing can be rendered here, with the cure; empty when it can. */
    public Optional<String> refusal() {
        return browsers == null ? Optional.of(BrowserFinder.HOW_TO_GET) : Optional.empty();
    }

    /** What the browser that runs calls itself. */
    public Optional<String> version() {
        return browsers == null
                ? Optional.empty()
                : browsers.all().stream().findFirst().map(one -> one.process().version());
    }

    /** For tests that look at processes. */
    @Nullable Browsers browsers() {
        return browsers;
    }

    /** Whether a browser runs at this moment. */
    public boolean isRunning() {
        return browsers != null && !browsers.all().isEmpty();
    }

    /**
     * Renders one page. Waits for a tab, which its time does not count.
     *
     * @param gate is asked before each redirect of the main document
     * @throws InterruptedException when the thread is interrupted; the page is thrown away
     */
    public RenderOutcome render(RenderRequest request, HopGate gate) throws InterruptedException {
        if (browsers == null) {
            return unavailable(BrowserFinder.HOW_TO_GET);
        }
        String scheme = String.valueOf(request.fetch().url().getScheme());
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            return new RenderOutcome.Ended(
                    new Refused(FaultCode.UNSUPPORTED_SCHEME, scheme + ":", null));
        }
        metrics.wanted(1);
        try {
            tabs.acquire();
            try {
                return request.wanted().getAsBoolean()
                        ? withTab(browsers, request, gate)
                        : new RenderOutcome.Unwanted();
            } finally {
                tabs.release();
            }
        } finally {
            metrics.wanted(-1);
        }
    }

    private RenderOutcome withTab(Browsers browsers, RenderRequest request, HopGate gate)
            throws InterruptedException {
        long start = System.nanoTime();
        long deadline = start + request.fetch().timeout().toNanos();
        try {
            for (int tries = 1; ; tries++) {
                RunningBrowser browser = browsers.ready(left(deadline));
                if (browser == null) {
                    return unavailable("the browser does not start");
                }
                try {
                    return page(browser, request, gate, deadline);
                } catch (VisitOver e) {
                    return e.outcome();
                } catch (PageLost e) {
                    metrics.lost();
                    if (e.crashed()) {
                        return crashed(browser);
                    }
                    if (tries == TRIES_MAX || !left(deadline).isPositive()) {
                        return new RenderOutcome.Ended(
                                new Refused(
                                        FaultCode.RENDER_CRASHED,
                                        "the browser ended under it, %d times".formatted(tries),
                                        null));
                    }
                    LOG.info("the browser ended under {}: once more", request.fetch().url());
                }
            }
        } catch (IOException e) {
            LOG.warn("nothing can be rendered: {}", e.getMessage());
            return unavailable(String.valueOf(e.getMessage()));
        } finally {
            metrics.rendered(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private RenderOutcome page(
            RunningBrowser browser, RenderRequest request, HopGate gate, long deadline)
            throws VisitOver, PageLost, IOException, InterruptedException {
        Tab tab;
        try {
            tab = browser.take(request.key(), request.spec());
        } catch (DevToolsException e) {
            // Nothing of the page was there yet: it is the browser that is ill.
            if (e.kind() != DevToolsException.Kind.REFUSED) {
                browser.process().close();
            }
            throw new PageLost(false);
        }
        boolean good = false;
        try {
            RenderOutcome page =
                    new Visit(tab, request, gate, config, fetchConfig, deadline).page();
            good = true;
            return page;
        } catch (VisitOver e) {
            good = e.leavesTabUsable();
            throw e;
        } finally {
            if (good) {
                browser.giveBack(tab);
            } else {
                throwAway(browser, tab);
            }
        }
    }

    /** Whoever waits for the page has its answer before the browser has done with it. */
    private static void throwAway(RunningBrowser browser, Tab tab) {
        var _ =
                Thread.ofVirtual()
                        .name("browser-dispose")
                        .start(
                                () -> {
                                    try {
                                        browser.throwAway(tab);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
    }

    private static RenderOutcome crashed(RunningBrowser browser) {
        FaultCode code =
                browser.killedForMemory()
                        ? FaultCode.RENDER_OUT_OF_MEMORY
                        : FaultCode.RENDER_CRASHED;
        return new RenderOutcome.Ended(new Refused(code, code.meaning(), null));
    }

    private static RenderOutcome unavailable(String why) {
        FetchOutcome outcome = new Failed(FaultCode.RENDER_UNAVAILABLE, why, null);
        return new RenderOutcome.Ended(outcome);
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    @Override
    public void close() {
        if (browsers != null) {
            browsers.close();
        }
        refusing.close();
        connector.close();
    }
}
