package io.gleaner.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a browser that nobody looks at and that talks to our proxy only. */
final class BrowserFlags {

    /**
     * All traffic goes to a proxy, loopback too, and what cannot go there goes nowhere. Builds obey
     * one or the other of the two WebRTC flags.
     */
    private static final List<String> GUARD =
            List.of(
                    "--proxy-bypass-list=<-loopback>",
                    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
                    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
                    "--disable-quic",
                    "--dns-prefetch-disable",
                    "--no-pings");

    private static final List<String> QUIET =
            List.of(
                    "--headless",
                    "--remote-debugging-pipe",
                    "--no-first-run",
                    "--no-default-browser-check",
                    "--no-startup-window",
                    "--hide-scrollbars",
                    "--mute-audio",
                    "--log-level=3",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-breakpad",
                    "--disable-crash-reporter",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-component-extensions-with-background-pages",
                    "--disable-client-side-phishing-detection",
                    "--disable-default-apps",
                    "--disable-domain-reliability",
                    "--disable-extensions",
                    "--disable-sync",
                    "--disable-notifications",
                    "--disable-popup-blocking",
                    "--block-new-web-contents",
                    "--disable-prompt-on-repost",
                    "--disable-hang-monitor",
                    "--disable-ipc-flooding-protection",
                    "--disable-renderer-backgrounding",
                    "--disable-background-timer-throttling",
                    "--disable-backgrounding-occluded-windows",
                    "--metrics-recording-only",
                    "--password-store=basic",
                    "--use-mock-keychain",
                    "--autoplay-policy=user-gesture-required",
                    "--deny-permission-prompts",
                    // One page is one process. Its frames see no more of it than they are told.
                    "--disable-site-isolation-trials",
                    "--disable-features=IsolateOrigins,site-per-process,Translate,MediaRouter,"
                            + "OptimizationHints,AcceptCHFrame,WebTransport,DialMediaRouteProvider,"
                            + "SpareRendererForSitePerProcess,PaintHolding,"
                            + "WebRtcHideLocalIpsWithMdns");

    private BrowserFlags() {}

    static List<String> of(BrowserConfig config, Path profile) {
        List<String> flags = new ArrayList<>(QUIET);
        flags.addAll(GUARD);
        // What belongs to no page has no business in any network.
        flags.add("--proxy-server=127.0.0.1:" + config.refusingPort());
        flags.add("--user-data-dir=" + profile);
        flags.add("--js-flags=--max-old-space-size=" + config.scriptHeapMib());
        if (!config.sandbox()) {
            flags.add("--no-sandbox");
            flags.add("--no-zygote");
        }
        flags.addAll(config.extraFlags());
        return flags;
    }
}
