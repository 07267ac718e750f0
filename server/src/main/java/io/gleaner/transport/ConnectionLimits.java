package io.gleaner.transport;

import java.time.Duration;

/**
 * How many connections there may be, and how long a client may be waited for.
 *
 * @param headMax from a connection's or a request's first byte to the end of its head; a connection
 *     that sends nothing has as long
 * @param idleMax between two requests on a connection
 * @param bodyPatience how long a body may come to nothing; see {@link Patience}
 * @param answerPatience how long a client may read nothing of an answer
 * @param bytesPerSecondMin at which bodies and answers must move in the long run
 * @param connectionsMax connections at once
 * @param perAddressMax connections at once from one client's address
 * @param streamsPerKeyMax answers at once that follow or wait for a job, for one access key, or for
 *     one address where there are no keys
 */
public record ConnectionLimits(
        Duration headMax,
        Duration idleMax,
        Duration bodyPatience,
        Duration answerPatience,
        int bytesPerSecondMin,
        int connectionsMax,
        int perAddressMax,
        int streamsPerKeyMax) {

    public static final int CONNECTIONS_DEFAULT = 10_000;
    public static final int PER_ADDRESS_DEFAULT = 2_500;
    public static final int STREAMS_PER_KEY_DEFAULT = 1_000;

    public ConnectionLimits {
        if (!headMax.isPositive()
                || !idleMax.isPositive()
                || !bodyPatience.isPositive()
                || !answerPatience.isPositive()) {
            throw new IllegalArgumentException("times must be above zero");
        }
        if (bytesPerSecondMin < 1
                || connectionsMax < 1
                || perAddressMax < 1
                || streamsPerKeyMax < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }

    /**
     * The times of common servers. nginx ends its idle connections to us after 60 s: who closes
     * first must be the proxy, or it loses a request to a connection that is closed.
     */
    public static ConnectionLimits standard() {
        return new ConnectionLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                1_024,
                CONNECTIONS_DEFAULT,
                PER_ADDRESS_DEFAULT,
                STREAMS_PER_KEY_DEFAULT);
    }

    /** The same with another cap on all connections. */
    public ConnectionLimits withConnections(int max) {
        return new ConnectionLimits(
                headMax,
                idleMax,
                bodyPatience,
                answerPatience,
                bytesPerSecondMin,
                max,
                perAddressMax,
                streamsPerKeyMax);
    }

    /** The same with another cap on one address. */
    public ConnectionLimits withPerAddress(int max) {
        return new ConnectionLimits(
                headMax,
                idleMax,
                bodyPatience,
                answerPatience,
                bytesPerSecondMin,
                connectionsMax,
                max,
                streamsPerKeyMax);
    }

    /** The same with another cap on the streams of one key. */
    public ConnectionLimits withStreamsPerKey(int max) {
        return new ConnectionLimits(
                headMax,
                idleMax,
                bodyPatience,
                answerPatience,
                bytesPerSecondMin,
                connectionsMax,
                perAddressMax,
                max);
    }
}
