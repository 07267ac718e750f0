package io.gleaner.app;

import io.gleaner.browser.BrowserFinder;
import io.gleaner.browser.InstalledBrowser;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.store.QueueKind;
import io.gleaner.worker.WorkerConfig;
import java.util.Objects;
import java.util.Optional;

/** The browser that the settings mean. */
final class Browsing {

    /** For processes that accept submissions and leave the work to others. */
    private static final String ELSEWHERE = "elsewhere";

    private static final int PAGES_A_TAB = 2;

    private Browsing() {}

    /**
     * The one on this machine, or empty when there is none.
     *
     * @throws IllegalArgumentException when the named one cannot be started
     */
    static Optional<InstalledBrowser> browser(Settings settings) {
        String named = settings.browser();
        return ELSEWHERE.equals(named)
                ? Optional.empty()
                : BrowserFinder.find(named, Objects.requireNonNullElse(System.getenv("PATH"), ""));
    }

    /** Why nothing can be rendered, with the cure; empty when it can. */
    static Optional<String> refusal(Settings settings) {
        return ELSEWHERE.equals(settings.browser()) || browser(settings).isPresent()
                ? Optional.empty()
                : Optional.of(BrowserFinder.HOW_TO_GET);
    }

    /**
     * Which host queues this process serves.
     *
     * @throws IllegalArgumentException when it is to render and has no browser
     */
    static QueueKind queues(Settings settings) {
        boolean elsewhere = ELSEWHERE.equals(settings.browser());
        if (settings.roles().contains(Role.WORKER)) {
            return elsewhere ? QueueKind.PLAIN : QueueKind.ANY;
        }
        if (settings.roles().contains(Role.RENDERER) && browser(settings).isEmpty()) {
            throw new IllegalArgumentException(
                    "a renderer needs a browser: "
                            + (elsewhere
                                    ? "GLEANER_BROWSER=elsewhere is for the others"
                                    : BrowserFinder.HOW_TO_GET));
        }
        return QueueKind.FOR_BROWSER;
    }

    /**
     * A renderer takes no more pages in hand than it soon has tabs for: what waits beyond that is
     * for other renderers.
     */
    static WorkerConfig bounded(WorkerConfig config, Settings settings) {
        return queues(settings) == QueueKind.FOR_BROWSER
                ? config.withConcurrency(
                        Math.min(config.concurrency(), PAGES_A_TAB * settings.browserTabs()))
                : config;
    }

    static RenderConfig config(Settings settings) {
        return RenderConfig.standard(browser(settings).orElse(null), settings.browserSandbox())
                .withTabs(settings.browserTabs());
    }
}
