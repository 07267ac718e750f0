package io.gleaner.render;

import io.gleaner.browser.BrowserConfig;
import io.gleaner.browser.BrowserFinder;
import io.gleaner.browser.BrowserProcess;
import io.gleaner.browser.InstalledBrowser;
import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.AddressPolicy;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.HopGate;
import io.gleaner.fetch.Response;
import io.gleaner.job.FaultCode;
import io.gleaner.job.rendering.RenderMode;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.render.port.RenderRequest;
import io.gleaner.render.port.TabKey;
import io.gleaner.render.tab.Browsers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A renderer with the browser of this machine; where there is none, tests fail and say so. */
public final class Rendering implements AutoCloseable {

    public static final Duration LONG = Duration.ofSeconds(60);

    /** Rendered, and taken when it has come to rest. */
    static final RenderSpec RENDERED = RenderSpec.of(RenderMode.ALWAYS);

    private static final int BODY_MAX = 20 << 20;

    private final UUID job = UUID.randomUUID();
    private final Renderer renderer;

    Rendering(AddressGuard guard, UnaryOperator<RenderConfig> change) {
        RenderConfig config =
                change.apply(RenderConfig.standard(installed(), BrowserConfig.mayHaveSandbox()));
        renderer = new Renderer(config, FetchConfig.standard(), guard, new SimpleMeterRegistry());
    }

    /** One that may reach the sites of tests. */
    static Rendering onLoopback() {
        return onLoopback(config -> config);
    }

    static Rendering onLoopback(UnaryOperator<RenderConfig> change) {
        return new Rendering(new AddressGuard(AddressPolicy.withPrivateNetworks()), change);
    }

    /** The browser of this machine. */
    public static InstalledBrowser installed() {
        return BrowserFinder.find(
                        System.getenv("GLEANER_BROWSER"), System.getenv().getOrDefault("PATH", ""))
                .orElseThrow(() -> new AssertionError(BrowserFinder.HOW_TO_GET));
    }

    Renderer renderer() {
        return renderer;
    }

    RenderOutcome render(URI url) throws InterruptedException {
        return render(url, LONG);
    }

    RenderOutcome render(URI url, Duration timeout) throws InterruptedException {
        return render(url, timeout, Map.of(), HopGate.open(), RENDERED);
    }

    RenderOutcome render(
            URI url, Duration timeout, Map<String, String> headers, HopGate gate, RenderSpec spec)
            throws InterruptedException {
        return render(url, timeout, headers, gate, spec, job);
    }

    /** In a tab of its own, since a tab is of one specification. */
    RenderOutcome render(URI url, RenderSpec spec) throws InterruptedException {
        return render(url, LONG, Map.of(), HopGate.open(), spec, UUID.randomUUID());
    }

    private RenderOutcome render(
            URI url,
            Duration timeout,
            Map<String, String> headers,
            HopGate gate,
            RenderSpec spec,
            UUID of)
            throws InterruptedException {
        var fetch = new FetchRequest(url, headers, timeout, BODY_MAX, false, false, null);
        return renderer.render(
                new RenderRequest(fetch, new TabKey(of, url.getAuthority()), spec, () -> true),
                gate);
    }

    /** A page that must come. */
    Response page(URI url) throws InterruptedException {
        return page(render(url));
    }

    static Response page(RenderOutcome outcome) {
        return switch (outcome) {
            case RenderOutcome.Rendered(var response, _, _) -> response;
            case RenderOutcome.NotForBrowser _, RenderOutcome.Unwanted _, RenderOutcome.Ended _ ->
                    throw new AssertionError(outcome.toString());
        };
    }

    /** What a page that must not come was refused with. */
    static FaultCode refused(RenderOutcome outcome) {
        if (outcome instanceof RenderOutcome.Ended(Refused(var code, _, _))) {
            return code;
        }
        throw new AssertionError(outcome.toString());
    }

    /** The browser that runs now. */
    BrowserProcess process() {
        Browsers browsers = renderer.browsers();
        if (browsers == null) {
            throw new AssertionError("there is no browser");
        }
        return browsers.all().getLast().process();
    }

    @Override
    public void close() {
        renderer.close();
    }
}
