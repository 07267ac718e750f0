package io.gleaner.api;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, from its start to its end. */
public final class ApiServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    // A body or a request head that makes no progress for this long is given up.
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private final WebServer server;
    private final KeyGuard keys;
    private final int port;
    private final Drain drain;
    private final Duration shutdownDelay;
    private final Duration drainMax;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ApiServer(WebServer server, KeyGuard keys, Drain drain, ApiConfig config) {
        this.server = server;
        this.keys = keys;
        this.port = server.port();
        this.drain = drain;
        this.shutdownDelay = config.shutdownDelay();
        this.drainMax = config.drainMax();
    }

    /**
     * Listens from when this returns.
     *
     * @throws ApiStartException if it may not or cannot listen there
     */
    public static ApiServer start(ApiConfig config, ApiParts parts) {
        return start(config, parts, drain -> Routes.of(config, parts, drain));
    }

    /** Listens for those who operate the process, and answers no {@code /api}. */
    public static ApiServer startWithoutJobs(ApiConfig config, ApiParts parts) {
        return start(config, parts, drain -> Routes.ofOperation(parts, drain));
    }

    private static ApiServer start(
            ApiConfig config, ApiParts parts, Function<Drain, Routes> makeRoutes) {
        InetAddress address = BindRule.check(config.host(), parts.keys()::any);
        BindRule.probe(config.host(), address, config.port());
        var drain = new Drain();
        var keys =
                new KeyGuard(
                        parts.keys(),
                        parts.caches(),
                        parts.rates(),
                        parts.telemetry().registry(),
                        !address.isLoopbackAddress());
        WebServer server =
                configure(config, address)
                        .routing(routing(config, keys, parts, makeRoutes.apply(drain), drain))
                        .directHandlers(ErrorAnswers.direct())
                        .build()
                        .start();
        if (!server.isRunning()) {
            keys.close();
            // Helidon logs why and throws nothing; after the probe only a race leads here.
            throw BindRule.taken(config.host(), config.port(), "the log says why", null);
        }
        LOG.info("listening on http://{}:{}", config.host(), server.port());
        return new ApiServer(server, keys, drain, config);
    }

    public int port() {
        return port;
    }

    /**
     * Says that it is not ready, serves for the shutdown delay, lets running requests end for a
     * while, and stops listening.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!shutdownDelay.isZero()) {
            LOG.info("not ready from now on; requests are served for {} more", shutdownDelay);
        }
        drain.leave(shutdownDelay);
        if (!drain.close(drainMax)) {
            LOG.warn("{} requests did not end in {} and are cut", drain.running(), drainMax);
        }
        server.stop();
        keys.close();
    }

    private static WebServerConfig.Builder configure(ApiConfig config, InetAddress address) {
        return WebServer.builder()
                .address(address)
                .port(config.port())
                // Ours to call in the right order, not a hook's.
                .shutdownHook(false)
                .shutdownGracePeriod(STOP_GRACE)
                .maxPayloadSize(Math.max(config.bodyMaxBytes(), config.linesMaxBytes()))
                .maxTcpConnections(config.connectionsMax())
                .connectionOptions(socket -> socket.readTimeout(READ_TIMEOUT).tcpNoDelay(true));
    }

    private static HttpRouting.Builder routing(
            ApiConfig config, KeyGuard keys, ApiParts parts, Routes routes, Drain drain) {
        var routing = HttpRouting.builder();
        routing.addFilter(new RequestLog(parts.telemetry().registry(), drain));
        routing.addFilter(new RequestGuard(config.host(), keys, drain));
        for (Route route : routes.all()) {
            routing.route(route.method(), route.template(), timed(route));
        }
        routing.any(routes::nothingHere);
        ErrorAnswers.register(routing);
        return routing;
    }

    private static Handler timed(Route route) {
        var template = new RequestLog.Template(route.template());
        return (request, response) -> {
            request.context().register(template);
            route.handler().handle(request, response);
        };
    }
}
