package io.gleaner.api;

import io.gleaner.api.dashboard.History;
import io.gleaner.api.guard.ApiStartException;
import io.gleaner.api.guard.BindRule;
import io.gleaner.api.guard.Caller;
import io.gleaner.api.guard.Drain;
import io.gleaner.api.guard.ErrorAnswers;
import io.gleaner.api.guard.KeyGuard;
import io.gleaner.api.guard.RequestGuard;
import io.gleaner.api.guard.RequestLog;
import io.gleaner.api.operation.Health;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.Route;
import io.gleaner.transport.GuardedSelector;
import io.gleaner.transport.OpenFiles;
import io.gleaner.transport.ProbeServer;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsConfig;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, from its start to its end. */
public final class ApiServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private final WebServer server;
    private final GuardedSelector connections;
    private final @Nullable ProbeServer probes;
    private final KeyGuard keys;
    private final History history;
    private final int port;
    private final Drain drain;
    private final Duration shutdownDelay;
    private final Duration drainMax;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ApiServer(
            WebServer server,
            GuardedSelector connections,
            @Nullable ProbeServer probes,
            KeyGuard keys,
            History history,
            Drain drain,
            ApiConfig config) {
        this.server = server;
        this.connections = connections;
        this.probes = probes;
        this.keys = keys;
        this.history = history;
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
        return start(
                config,
                parts,
                (drain, health, history) -> Routes.of(config, parts, drain, health, history));
    }

    /** Listens for those who operate the process, and answers no {@code /api}. */
    public static ApiServer startWithoutJobs(ApiConfig config, ApiParts parts) {
        return start(
                config, parts, (_, health, history) -> Routes.ofOperation(parts, health, history));
    }

    /**
     * Says what keeps a server from listening, as far as that is known before anything is started.
     *
     * @param keys whether there may be access keys
     * @throws ApiStartException if it may not or cannot listen there
     */
    public static void check(ApiConfig config, BooleanSupplier keys) {
        var _ = checked(config, keys);
    }

    private static InetAddress checked(ApiConfig config, BooleanSupplier keys) {
        InetAddress address = BindRule.check(config.host(), config.open(), keys);
        BindRule.probe(config.host(), address, config.port());
        if (config.healthPort() != null) {
            BindRule.probe(config.host(), address, config.healthPort());
        }
        return address;
    }

    /** Says what is answered. */
    private interface RoutesMaker {
        Routes of(Drain drain, Health health, History history);
    }

    private static ApiServer start(ApiConfig config, ApiParts parts, RoutesMaker makeRoutes) {
        InetAddress address = checked(config, parts.keys()::anyUsable);
        var drain = new Drain();
        var keys =
                new KeyGuard(
                        parts.keys(),
                        parts.caches(),
                        parts.rates(),
                        parts.telemetry().registry(),
                        !address.isLoopbackAddress(),
                        config.open());
        var health = new Health(parts.readiness(), drain, keys::isNeeded);
        var connections = new GuardedSelector(OpenFiles.within(config.connections()));
        Gauge.builder("http.server.connections", connections, GuardedSelector::open)
                .description("Connections of clients that are open now")
                .register(parts.telemetry().registry());
        @Nullable ProbeServer probes = probes(config, address, health);
        var history = History.start(parts.telemetry().registry(), parts.clock());
        Routes routes = makeRoutes.of(drain, health, history);
        var guard = new RequestGuard(config.host(), keys, routes::isOpen, drain);
        WebServer server =
                configure(config, address, connections)
                        .routing(routing(guard, parts, routes, drain))
                        .addRouting(routes.sockets(parts, guard, drain))
                        .directHandlers(ErrorAnswers.direct())
                        .build()
                        .start();
        var api = new ApiServer(server, connections, probes, keys, history, drain, config);
        if (!server.isRunning()) {
            api.closeParts();
            // Helidon logs why and throws nothing; after the probe only a race leads here.
            throw BindRule.taken(config.host(), config.port(), "the log says why", null);
        }
        LOG.info("listening on http://{}:{}", config.host(), server.port());
        return api;
    }

    private static @Nullable ProbeServer probes(
            ApiConfig config, InetAddress address, Health health) {
        Integer port = config.healthPort();
        if (port == null) {
            return null;
        }
        try {
            var probes = ProbeServer.start(address, port, health.pages());
            LOG.info("health is told on http://{}:{}", config.host(), probes.port());
            return probes;
        } catch (IOException e) {
            throw BindRule.taken(config.host(), port, e.getMessage(), e);
        }
    }

    public int port() {
        return port;
    }

    /** The port for probes, if they have one of their own. */
    public OptionalInt healthPort() {
        return probes == null ? OptionalInt.empty() : OptionalInt.of(probes.port());
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
        closeParts();
    }

    private void closeParts() {
        history.close();
        keys.close();
        connections.close();
        if (probes != null) {
            probes.close();
        }
    }

    private static WebServerConfig.Builder configure(
            ApiConfig config, InetAddress address, GuardedSelector connections) {
        return WebServer.builder()
                .address(address)
                .port(config.port())
                // Ours to call in the right order, not a hook's.
                .shutdownHook(false)
                .shutdownGracePeriod(STOP_GRACE)
                .maxPayloadSize(Math.max(config.bodyMaxBytes(), config.linesMaxBytes()))
                // Ours are counted where one too many does not keep the next one waiting.
                .maxTcpConnections(-1)
                .protocolsDiscoverServices(false)
                // Of the sockets that the selector upgrades to.
                .addProtocol(WsConfig.create())
                .addConnectionSelector(connections)
                .errorHandling(errors -> errors.includeEntity(true))
                .connectionOptions(socket -> socket.tcpNoDelay(true));
    }

    private static HttpRouting.Builder routing(
            RequestGuard guard, ApiParts parts, Routes routes, Drain drain) {
        var routing = HttpRouting.builder();
        routing.addFilter(new RequestLog(parts.telemetry().registry(), drain));
        routing.addFilter(guard);
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
            if (route.scope() != null) {
                Caller.of(request).require(route.scope());
            }
            route.handler().handle(request, response);
        };
    }
}
