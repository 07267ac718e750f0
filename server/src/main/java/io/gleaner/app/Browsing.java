package io.gleaner.app;

import io.gleaner.browser.BrowserFinder;
import io.gleaner.browser.InstalledBrowser;
import io.gleaner.render.port.RenderConfig;
import java.util.Objects;
import java.util.Optional;

/** The browser that the settings mean. */
final class Browsing {

    /** For processes that accept submissions and leave the work to others. */
    private static final String ELSEWHERE = "elsewhere";

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

    static RenderConfig config(Settings settings) {
        return RenderConfig.standard(browser(settings).orElse(null), settings.browserSandbox())
                .withTabs(settings.browserTabs());
    }
}
