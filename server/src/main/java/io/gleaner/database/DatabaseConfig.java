package io.gleaner.database;

import java.time.Duration;

/**
 * Where the database is and how it is used.
 *
 * @param jdbcUrl {@code jdbc:postgresql://...} without user and password
 * @param connections most connections of this process, shared out by {@link PoolSizes}
 * @param acquireTimeout longest wait for a free connection; shorter than a request's deadline
 * @param answerTimes how long the database may take to answer
 * @param startTimeout longest wait for the database at start-up
 * @param slowAfter a statement that takes longer is logged with its plan
 * @param leakAfter a connection that is out for longer is suspected of being leaked
 * @param reclaimAfter a connection that is out for longer is taken away from its borrower
 */
public record DatabaseConfig(
        String jdbcUrl,
        String user,
        String password,
        int connections,
        Duration acquireTimeout,
        AnswerTimes answerTimes,
        Duration startTimeout,
        Duration slowAfter,
        Duration leakAfter,
        Duration reclaimAfter) {

    public static final int CONNECTIONS_DEFAULT = 16;
    public static final int CONNECTIONS_MIN = 6;
    public static final int CONNECTIONS_MAX = 1_000;

    public DatabaseConfig {
        if (connections < CONNECTIONS_MIN || connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException(
                    "connections must be %d to %d: %d"
                            .formatted(CONNECTIONS_MIN, CONNECTIONS_MAX, connections));
        }
        if (reclaimAfter.compareTo(leakAfter) < 0) {
            throw new IllegalArgumentException(
                    "reclaimAfter %s is below leakAfter %s".formatted(reclaimAfter, leakAfter));
        }
    }

    /** 16 connections, 3 s to get one, 5 s for its answer to a request, 30 s to start. */
    public static DatabaseConfig of(String jdbcUrl, String user, String password) {
        return new DatabaseConfig(
                jdbcUrl,
                user,
                password,
                CONNECTIONS_DEFAULT,
                Duration.ofSeconds(3),
                AnswerTimes.standard(),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10));
    }

    public DatabaseConfig withConnections(int value) {
        return new DatabaseConfig(
                jdbcUrl,
                user,
                password,
                value,
                acquireTimeout,
                answerTimes,
                startTimeout,
                slowAfter,
                leakAfter,
                reclaimAfter);
    }

    public DatabaseConfig withAcquireTimeout(Duration value) {
        return new DatabaseConfig(
                jdbcUrl,
                user,
                password,
                connections,
                value,
                answerTimes,
                startTimeout,
                slowAfter,
                leakAfter,
                reclaimAfter);
    }

    public DatabaseConfig withAnswerTimes(AnswerTimes value) {
        return new DatabaseConfig(
                jdbcUrl,
                user,
                password,
                connections,
                acquireTimeout,
                value,
                startTimeout,
                slowAfter,
                leakAfter,
                reclaimAfter);
    }

    public DatabaseConfig withSlowAfter(Duration value) {
        return new DatabaseConfig(
                jdbcUrl,
                user,
                password,
                connections,
                acquireTimeout,
                answerTimes,
                startTimeout,
                value,
                leakAfter,
                reclaimAfter);
    }

    public DatabaseConfig withLeaks(Duration suspectAfter, Duration takeAfter) {
        return new DatabaseConfig(
                jdbcUrl,
                user,
                password,
                connections,
                acquireTimeout,
                answerTimes,
                startTimeout,
                slowAfter,
                suspectAfter,
                takeAfter);
    }

    /** The URL without its parameters, of which some are secrets. */
    String address() {
        return jdbcUrl.split("\\?", 2)[0];
    }

    @Override
    public String toString() {
        return "DatabaseConfig[" + address() + ", connections=" + connections + "]";
    }
}
