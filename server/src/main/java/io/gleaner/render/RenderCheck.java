package io.gleaner.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.browser.BrowserFinder;
import io.gleaner.browser.InstalledBrowser;
import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.AddressPolicy;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.HopGate;
import io.gleaner.job.FaultCode;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.render.port.RenderRequest;
import io.gleaner.render.port.TabKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether pages can be rendered here: finds the browser, has it render a page of our own that needs
 * its script, and sees that the guard keeps it from that page when it should.
 *
 * @param browser which one
 * @param version as it calls itself
 * @param sandbox whether its pages are in the kernel's sandbox
 * @param rendered how long the page took, the start of the browser included
 */
public record RenderCheck(String browser, String version, boolean sandbox, Duration rendered) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PAGE =
            """
            <!doctype html><html><head><title>Check</title></head>
            <body><p id="answer">not rendered</p>
            <script>document.getElementById('answer').textContent = [6 * 7, 'is it'].join(' ');
            </script></body></html>
            """;
    private static final String EXPECTED = "42 is it";

    /** Nothing can be rendered; the message is one sentence with the cure. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * @param named as GLEANER_BROWSER has it, or null
     * @param path where commands are searched
     */
    public static RenderCheck of(String path, boolean sandbox, @Nullable String named)
            throws Unusable, IOException, InterruptedException {
        InstalledBrowser browser =
                BrowserFinder.find(named, path)
                        .orElseThrow(() -> new Unusable(BrowserFinder.HOW_TO_GET));
        RenderConfig config = RenderConfig.standard(browser, sandbox).withTabs(1);
        var asked = new AtomicInteger();
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            Thread.ofVirtual().name("check-page").start(() -> serve(server, asked));
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
            guard(config, url, asked);
            return render(config, url, browser);
        }
    }

    private static void guard(RenderConfig config, URI url, AtomicInteger asked)
            throws Unusable, InterruptedException {
        try (Renderer renderer = renderer(config, AddressPolicy.publicOnly())) {
            RenderOutcome outcome = renderer.render(request(url), HopGate.open());
            boolean refused =
                    outcome instanceof RenderOutcome.Ended(Refused(var code, _, _))
                            && code == FaultCode.FORBIDDEN_ADDRESS;
            if (asked.get() > 0) {
                throw new Unusable("the guard let the browser reach a forbidden address");
            }
            if (!refused) {
                throw new Unusable("the browser does not work: " + why(outcome));
            }
        }
    }

    private static RenderCheck render(RenderConfig config, URI url, InstalledBrowser browser)
            throws Unusable, InterruptedException {
        try (Renderer renderer = renderer(config, AddressPolicy.allowing("127.0.0.1/32"))) {
            long start = System.nanoTime();
            RenderOutcome outcome = renderer.render(request(url), HopGate.open());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (outcome instanceof RenderOutcome.Rendered(var response, _, _)
                    && response.text().contains(EXPECTED)) {
                return new RenderCheck(
                        browser.executable().toString(),
                        renderer.version().orElse("?"),
                        config.sandbox(),
                        took);
            }
            throw new Unusable("the browser does not render: " + why(outcome));
        }
    }

    private static Renderer renderer(RenderConfig config, AddressPolicy policy) {
        return new Renderer(
                config,
                FetchConfig.standard(),
                new AddressGuard(policy),
                new SimpleMeterRegistry());
    }

    private static RenderRequest request(URI url) {
        var fetch = new FetchRequest(url, Map.of(), PATIENCE, 1 << 20, false, false, null);
        return new RenderRequest(fetch, new TabKey(new UUID(0, 0), "check"));
    }

    private static String why(RenderOutcome outcome) {
        return switch (outcome) {
            case RenderOutcome.Rendered _ -> "the page is not as its script makes it";
            case RenderOutcome.Unwanted _ -> "the page was not wanted";
            case RenderOutcome.NotForBrowser(var type) -> "the page came as " + type;
            case RenderOutcome.Ended(var ended) -> ended.toString();
        };
    }

    private static void serve(ServerSocket server, AtomicInteger asked) {
        byte[] body = PAGE.getBytes(UTF_8);
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
                        + "Content-Length: %d\r\n\r\n".formatted(body.length);
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                asked.incrementAndGet();
                var _ = client.getInputStream().read(new byte[8192]);
                client.getOutputStream().write(head.getBytes(UTF_8));
                client.getOutputStream().write(body);
            } catch (IOException e) {
                Thread.onSpinWait(); // The check is over, or the browser did not wait.
            }
        }
    }
}
