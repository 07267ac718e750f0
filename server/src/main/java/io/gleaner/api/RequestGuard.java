package io.gleaner.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps web pages in the operator's browser away from a server that trusts its own machine.
 *
 * <p>A name that an attacker points at 127.0.0.1 (DNS rebinding) shows in the Host header, and a
 * page of another origin that posts shows in Origin or Sec-Fetch-Site. Without access keys these
 * are the only signs there are; with them the key is what counts.
 */
final class RequestGuard implements Filter {

    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final Set<Method> SAFE = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String bindHost;
    private final KeyGuard keys;
    private final Drain drain;

    RequestGuard(String bindHost, KeyGuard keys, Drain drain) {
        this.bindHost = bindHost.toLowerCase(Locale.ROOT);
        this.keys = keys;
        this.drain = drain;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        checkCaller(request);
        if (drain.refusing() && request.prologue().uriPath().path().startsWith("/api/")) {
            throw Problem.of(ProblemCode.SHUTTING_DOWN, "the server is shutting down")
                    .retryAfter(Duration.ofSeconds(1))
                    .header(HeaderNames.CONNECTION_NAME, "close")
                    .raise();
        }
        chain.proceed();
    }

    /**
     * A browser does not send a key by itself, so who shows one is no page that it was lured to.
     * What is open then is nobody's secret, and probes of a cluster ask for it by any address.
     */
    private void checkCaller(RoutingRequest request) {
        try {
            if (keys.isOn()) {
                if (!KeyGuard.isOpen(request.prologue().uriPath().path())) {
                    keys.check(request);
                }
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemCode.SHUTTING_DOWN, "the server is shutting down").raise();
        }
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        checkHost(host);
        if (!SAFE.contains(request.prologue().method())) {
            checkOrigin(host, request);
        }
    }

    private void checkHost(String host) {
        String name = withoutPort(host.toLowerCase(Locale.ROOT));
        if (!LOOPBACK.contains(name) && !name.equals(bindHost)) {
            throw Problem.value(
                            ProblemCode.MISDIRECTED_REQUEST,
                            "Host",
                            host,
                            "localhost, 127.0.0.1 or [::1]")
                    .raise();
        }
    }

    private static void checkOrigin(String host, RoutingRequest request) {
        Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
        boolean foreign = origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + host);
        boolean crossSite =
                request.headers().first(FETCH_SITE).filter("cross-site"::equals).isPresent();
        if (foreign || crossSite) {
            throw Problem.value(
                            ProblemCode.CROSS_ORIGIN,
                            "Origin",
                            origin.orElse("cross-site"),
                            "no Origin header, or http://" + host)
                    .raise();
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
