package io.gleaner.api.guard;

import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages in the operator's browser away from a server that trusts its own machine.
 *
 * <p>A name that an attacker points at 127.0.0.1 (DNS rebinding) shows in the Host header, and a
 * page of another origin that posts shows in Origin or Sec-Fetch-Site. Without access keys these
 * are the only signs there are; with them the key is what counts.
 */
public final class RequestGuard implements Filter {

    private static final HeaderName SUBPROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final List<String> WORK = List.of("/api/", "/v1/", "/v2/", "/mcp");

    private final String bindHost;
    private final KeyGuard keys;
    private final Predicate<String> open;
    private final Drain drain;

    /**
     * @param open whether a path is for everybody
     */
    public RequestGuard(String bindHost, KeyGuard keys, Predicate<String> open, Drain drain) {
        this.bindHost = bindHost.toLowerCase(Locale.ROOT);
        this.keys = keys;
        this.open = open;
        this.drain = drain;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        request.context().register(caller(request));
        if (drain.refusing() && isWork(request.prologue().uriPath().path())) {
            throw Problem.of(ProblemCode.SHUTTING_DOWN, "the server is shutting down")
                    .retryAfter(Duration.ofSeconds(1))
                    .header(HeaderNames.CONNECTION_NAME, "close")
                    .raise();
        }
        chain.proceed();
    }

    /** A socket that is refused is nobody's here: its listener says so to the client. */
    private Caller caller(RoutingRequest request) {
        Headers headers = request.headers();
        String path = request.prologue().uriPath().path();
        if (!isSocket(headers)) {
            return admit(path, headers);
        }
        try {
            return admit(path, headers);
        } catch (ProblemException e) {
            return Caller.NOBODY;
        }
    }

    private static boolean isSocket(Headers headers) {
        return headers.first(HeaderNames.UPGRADE).filter("websocket"::equalsIgnoreCase).isPresent();
    }

    /** The first subprotocol that a WebSocket offers, which is where clients have their key. */
    public static Optional<String> subprotocol(Headers headers) {
        return isSocket(headers)
                ? headers.first(SUBPROTOCOL).map(all -> all.split(",", 2)[0].strip())
                : Optional.empty();
    }

    private static boolean isWork(String path) {
        return WORK.stream().anyMatch(path::startsWith);
    }

    /**
     * A browser does not send a key by itself, so who shows one is no page that it was lured to.
     * What is open then is nobody's secret, and probes of a cluster ask for it by any address.
     *
     * @throws ProblemException for whoever may not ask
     */
    public Caller admit(String path, Headers headers) {
        boolean isOpen = open.test(path);
        if (isOpen && keys.isNeeded()) {
            return Caller.NOBODY;
        }
        Optional<Caller> caller =
                byKey(
                        headers.first(HeaderNames.AUTHORIZATION)
                                .or(() -> subprotocol(headers).map(key -> "Bearer " + key))
                                .orElse(null));
        if (caller.isPresent()) {
            return caller.get();
        }
        String host = headers.first(HeaderNames.HOST).orElse("");
        checkHost(host);
        if (!isOpen) {
            checkOrigin(host, headers);
        }
        return Caller.KEYLESS;
    }

    private Optional<Caller> byKey(@Nullable String authorization) {
        try {
            return keys.caller(authorization);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemCode.SHUTTING_DOWN, "the server is shutting down").raise();
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

    /**
     * Reading, too, may cost (a profile, a stream), and a page can make a browser ask for anything;
     * what is typed or followed from a bookmark comes as {@code none}.
     */
    private static void checkOrigin(String host, Headers headers) {
        Optional<String> origin = headers.first(HeaderNames.ORIGIN);
        Optional<String> site = headers.first(FETCH_SITE);
        boolean foreign = origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + host);
        if (foreign || site.filter(it -> !OWN_SITES.contains(it)).isPresent()) {
            throw Problem.value(
                            ProblemCode.CROSS_ORIGIN,
                            "Origin",
                            origin.or(() -> site).orElse(""),
                            "no Origin header, or http://" + host)
                    .raise();
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
