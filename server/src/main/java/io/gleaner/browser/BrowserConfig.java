package io.gleaner.browser;

import java.util.List;

/**
 * How a browser is started.
 *
 * @param browser which one
 * @param sandbox whether the kernel keeps its pages in a sandbox; impossible for root
 * @param scriptHeapMib heap of JavaScript of one page
 * @param refusingPort on loopback, where everything ends that belongs to no page
 * @param extraFlags of the command line, last
 */
public record BrowserConfig(
        InstalledBrowser browser,
        boolean sandbox,
        int scriptHeapMib,
        int refusingPort,
        List<String> extraFlags) {

    public BrowserConfig {
        extraFlags = List.copyOf(extraFlags);
    }

    /** Whether this user's pages can be in a sandbox. */
    public static boolean mayHaveSandbox() {
        return !"root".equals(System.getProperty("user.name"));
    }
}
