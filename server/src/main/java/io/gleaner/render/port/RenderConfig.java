package io.gleaner.render.port;

import io.gleaner.browser.InstalledBrowser;
import io.gleaner.proxy.PageLimits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far rendering goes.
 *
 * @param browser which one, or null where there is none
 * @param sandbox whether its pages are in the kernel's sandbox
 * @param tabsMax pages at once
 * @param pagesMax after which the browser is renewed
 * @param idleMax after which a browser without pages ends
 * @param settleMax longest wait for a loaded page to come to rest; then it is taken as it is
 * @param limits of the network for one page
 * @param pageMemoryMaxBytes of one page; over it the page is killed
 * @param scriptHeapMib of one page
 * @param nodesMax elements of one page
 * @param charsMax of the document that is taken
 * @param extraFlags of the browser's command line
 */
public record RenderConfig(
        @Nullable InstalledBrowser browser,
        boolean sandbox,
        int tabsMax,
        int pagesMax,
        Duration idleMax,
        Duration settleMax,
        PageLimits limits,
        long pageMemoryMaxBytes,
        int scriptHeapMib,
        int nodesMax,
        int charsMax,
        List<String> extraFlags) {

    public static final int TABS_DEFAULT = 6;

    public RenderConfig {
        extraFlags = List.copyOf(extraFlags);
        if (tabsMax < 1 || pagesMax < 1) {
            throw new IllegalArgumentException("tabsMax and pagesMax must be at least 1");
        }
    }

    /** Six tabs, 500 pages a browser, 800 MiB and half a million elements a page. */
    public static RenderConfig standard(@Nullable InstalledBrowser browser, boolean sandbox) {
        return new RenderConfig(
                browser,
                sandbox,
                TABS_DEFAULT,
                500,
                Duration.ofSeconds(60),
                Duration.ofSeconds(8),
                PageLimits.standard(),
                800L << 20,
                384,
                500_000,
                20 << 20,
                List.of());
    }

    public RenderConfig withTabs(int tabs) {
        return new RenderConfig(
                browser,
                sandbox,
                tabs,
                pagesMax,
                idleMax,
                settleMax,
                limits,
                pageMemoryMaxBytes,
                scriptHeapMib,
                nodesMax,
                charsMax,
                extraFlags);
    }

    /** With other limits of life. */
    public RenderConfig living(int pages, Duration idle) {
        return new RenderConfig(
                browser,
                sandbox,
                tabsMax,
                pages,
                idle,
                settleMax,
                limits,
                pageMemoryMaxBytes,
                scriptHeapMib,
                nodesMax,
                charsMax,
                extraFlags);
    }

    /** With other limits of a page. */
    public RenderConfig bounding(PageLimits network, long memoryBytes, int nodes) {
        return new RenderConfig(
                browser,
                sandbox,
                tabsMax,
                pagesMax,
                idleMax,
                settleMax,
                network,
                memoryBytes,
                scriptHeapMib,
                nodes,
                charsMax,
                extraFlags);
    }
}
