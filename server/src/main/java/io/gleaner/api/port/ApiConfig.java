package io.gleaner.api.port;

import io.gleaner.transport.ConnectionLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The API's limits.
 *
 * @param host address to listen on; beyond loopback only when there are access keys
 * @param open whether callers without a key are served although there are, or were, keys; on
 *     loopback only
 * @param port 0 for any free one
 * @param healthPort port for probes, 0 for any free one, or null for none of their own
 * @param bodyMaxBytes longest JSON body
 * @param linesMaxBytes longest NDJSON upload
 * @param urlsMax most URLs in one JSON body
 * @param urlLinesMax most URLs in one NDJSON upload
 * @param listMax most jobs, pages or faults in one JSON answer
 * @param waitMax longest long poll
 * @param connections how many clients there may be, and how long one may be waited for
 * @param statusCacheBytes of statuses kept in this process, zero for none
 * @param shutdownDelay on close, time from unreadiness until no more is served; zero refuses at
 *     once
 * @param drainMax longest wait for running requests on close
 */
public record ApiConfig(
        String host,
        boolean open,
        int port,
        @Nullable Integer healthPort,
        long bodyMaxBytes,
        long linesMaxBytes,
        int urlsMax,
        int urlLinesMax,
        int listMax,
        Duration waitMax,
        ConnectionLimits connections,
        long statusCacheBytes,
        Duration shutdownDelay,
        Duration drainMax) {

    public static final int PORT_DEFAULT = 8080;
    public static final long STATUS_CACHE_DEFAULT = 48 << 20;

    public ApiConfig {
        checkPort(port);
        if (healthPort != null) {
            checkPort(healthPort);
        }
        if (bodyMaxBytes < 1 || linesMaxBytes < 1) {
            throw new IllegalArgumentException("body limits must be at least 1 byte");
        }
        if (shutdownDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "shutdownDelay must not be negative: " + shutdownDelay);
        }
        if (urlsMax < 1 || urlLinesMax < 1 || listMax < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }

    /** Loopback, 32 MiB bodies, 256 MiB uploads, 60 s waits. */
    public static ApiConfig standard() {
        return new ApiConfig(
                "127.0.0.1",
                false,
                PORT_DEFAULT,
                null,
                32L << 20,
                256L << 20,
                100_000,
                1_000_000,
                1_000,
                Duration.ofSeconds(60),
                ConnectionLimits.standard(),
                STATUS_CACHE_DEFAULT,
                Duration.ZERO,
                Duration.ofSeconds(10));
    }

    /** The same limits on another address. */
    public ApiConfig at(String otherHost, int otherPort) {
        return new ApiConfig(
                otherHost,
                open,
                otherPort,
                healthPort,
                bodyMaxBytes,
                linesMaxBytes,
                urlsMax,
                urlLinesMax,
                listMax,
                waitMax,
                connections,
                statusCacheBytes,
                shutdownDelay,
                drainMax);
    }

    /** The same limits, for callers without a key too, or not. */
    public ApiConfig withOpen(boolean toAll) {
        return new ApiConfig(
                host,
                toAll,
                port,
                healthPort,
                bodyMaxBytes,
                linesMaxBytes,
                urlsMax,
                urlLinesMax,
                listMax,
                waitMax,
                connections,
                statusCacheBytes,
                shutdownDelay,
                drainMax);
    }

    /** The same limits with another size of the cache of statuses. */
    public ApiConfig withStatusCache(long bytes) {
        return new ApiConfig(
                host,
                open,
                port,
                healthPort,
                bodyMaxBytes,
                linesMaxBytes,
                urlsMax,
                urlLinesMax,
                listMax,
                waitMax,
                connections,
                bytes,
                shutdownDelay,
                drainMax);
    }

    /** The same limits, serving that long after it said that it is not ready. */
    public ApiConfig withShutdownDelay(Duration delay) {
        return new ApiConfig(
                host,
                open,
                port,
                healthPort,
                bodyMaxBytes,
                linesMaxBytes,
                urlsMax,
                urlLinesMax,
                listMax,
                waitMax,
                connections,
                statusCacheBytes,
                delay,
                drainMax);
    }

    /** The same limits with a port for probes, or null for none. */
    public ApiConfig withHealthPort(@Nullable Integer probes) {
        return new ApiConfig(
                host,
                open,
                port,
                probes,
                bodyMaxBytes,
                linesMaxBytes,
                urlsMax,
                urlLinesMax,
                listMax,
                waitMax,
                connections,
                statusCacheBytes,
                shutdownDelay,
                drainMax);
    }

    /** The same limits with others on connections. */
    public ApiConfig withConnections(ConnectionLimits limits) {
        return new ApiConfig(
                host,
                open,
                port,
                healthPort,
                bodyMaxBytes,
                linesMaxBytes,
                urlsMax,
                urlLinesMax,
                listMax,
                waitMax,
                limits,
                statusCacheBytes,
                shutdownDelay,
                drainMax);
    }

    private static void checkPort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
    }
}
