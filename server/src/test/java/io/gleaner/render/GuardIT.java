package io.gleaner.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.browser.BrowserConfig;
import io.gleaner.browser.BrowserProcess;
import io.gleaner.browser.DevTools;
import io.gleaner.browser.Session;
import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.AddressPolicy;
import io.gleaner.fetch.Resolver;
import io.gleaner.job.rendering.ScreenshotSpec;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** No way leads out of a page past the guard; without it nearly all do. */
class GuardIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Ways that arrive where nothing is in between: what a page may try depends on the build. */
    private static final int ARRIVING_MIN = 32;

    @Test
    void noneOfTheWaysOutReachesTheSecret() throws Exception {
        // The first answer of DNS may be reached, each one after it may not.
        var lookups = new AtomicInteger();
        Resolver changing =
                host ->
                        List.of(
                                InetAddress.ofLiteral(
                                        lookups.getAndIncrement() == 0
                                                ? "127.0.0.2"
                                                : "127.0.0.1"));
        var guard = new AddressGuard(AddressPolicy.allowing("127.0.0.2/32"), changing);
        try (var ways = new WaysOut();
                var rendering = new Rendering(guard, config -> config)) {
            for (URI page : ways.pages()) {
                rendering.render(page, PATIENCE);
                rendering.render(
                        page, Rendering.RENDERED.withScreenshot(ScreenshotSpec.standard()));
            }
            assertThat(ways.arrived()).isEmpty();
            assertThat(ways.connections()).isZero();
            assertThat(ways.datagrams()).isZero();
        }
    }

    @Test
    void withoutTheGuardTheyDo() throws Exception {
        var config =
                new BrowserConfig(
                        Rendering.installed(),
                        BrowserConfig.mayHaveSandbox(),
                        256,
                        1,
                        List.of(
                                "--proxy-server=direct://",
                                "--webrtc-ip-handling-policy=default",
                                "--force-webrtc-ip-handling-policy=default",
                                "--host-resolver-rules=MAP rebinding.example 127.0.0.1"));
        try (var ways = new WaysOut();
                var browser = BrowserProcess.start(config)) {
            for (URI page : ways.pages()) {
                show(browser.devTools(), page);
            }
            await().untilAsserted(
                            () ->
                                    assertThat(ways.arrived())
                                            .hasSizeGreaterThan(ARRIVING_MIN)
                                            .contains(
                                                    "fetch",
                                                    "websocket",
                                                    "worker-fetch",
                                                    "redirect",
                                                    "location"));
            await().untilAsserted(() -> assertThat(ways.datagrams()).isPositive());
        }
    }

    private static void show(DevTools devTools, URI page) throws Exception {
        var blank = DevTools.params().put("url", "about:blank");
        String target =
                devTools.call("Target.createTarget", blank, PATIENCE).path("targetId").asString();
        var attached = DevTools.params().put("targetId", target).put("flatten", true);
        String id =
                devTools.call("Target.attachToTarget", attached, PATIENCE)
                        .path("sessionId")
                        .asString();
        Session session = devTools.session(id, _ -> {});
        session.tell("Page.navigate", DevTools.params().put("url", page.toString()));
    }
}
